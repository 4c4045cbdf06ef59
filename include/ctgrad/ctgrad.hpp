// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file All public layers, in the order in which data flows through them; files (ctgrad/io.hpp) and interop are extra.

// GCC 12 says of a local name in a template that it shadows a global one of the user's, such as `x`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/version.hpp>

#include <ctgrad/expr/poison.hpp> // here, so that errors name few files before the user's line

#include <ctgrad/core.hpp>
#include <ctgrad/shape.hpp>
#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/rewrite.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/transform.hpp>
#include <ctgrad/plan.hpp>
#include <ctgrad/kernel.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/train.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
