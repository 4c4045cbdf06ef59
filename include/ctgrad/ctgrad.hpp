// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file All public layers, in the order in which data flows through them; only interop is extra.

#include <ctgrad/core.hpp>
#include <ctgrad/shape.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>

#include <ctgrad/ops.hpp>

#include <ctgrad/nn.hpp>

#include <ctgrad/transform.hpp>

#include <ctgrad/plan.hpp>

#include <ctgrad/kernel.hpp>

#include <ctgrad/runtime.hpp>

#include <ctgrad/train.hpp>

#include <ctgrad/io.hpp>
