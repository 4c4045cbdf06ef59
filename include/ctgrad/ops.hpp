// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `ops`: the primitive ops, and the functions that are said with them.

#include <ctgrad/ops/matmul.hpp> // first, so that the lines that lead to its errors are few
#include <ctgrad/ops/all.hpp>
#include <ctgrad/ops/at.hpp>
#include <ctgrad/ops/broadcast_to.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/concepts.hpp>
#include <ctgrad/ops/custom_gradient.hpp>
#include <ctgrad/ops/dims.hpp>
#include <ctgrad/ops/divide_no_nan.hpp>
#include <ctgrad/ops/dot.hpp>
#include <ctgrad/ops/entries.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/full.hpp>
#include <ctgrad/ops/iterations.hpp>
#include <ctgrad/ops/norm.hpp>
#include <ctgrad/ops/num.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_any.hpp>
#include <ctgrad/ops/reduce_logsumexp.hpp>
#include <ctgrad/ops/reduce_mean.hpp>
#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/relu.hpp>
#include <ctgrad/ops/reverse.hpp>
#include <ctgrad/ops/searchsorted.hpp>
#include <ctgrad/ops/squeeze.hpp>
#include <ctgrad/ops/stack.hpp>
#include <ctgrad/ops/tile.hpp>
#include <ctgrad/ops/top_k.hpp>
#include <ctgrad/ops/transpose.hpp>
#include <ctgrad/ops/tril.hpp>
