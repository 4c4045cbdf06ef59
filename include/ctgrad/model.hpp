// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `model`: a model put together with optimizer, loss and metrics, trained by `fit`, and what those are
/// made of. Not in the umbrella.

// GCC 12 says of a local name in a template that it shadows a global one of the user's, such as `model`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/expr/poison.hpp> // here, so that errors name few files before the user's line

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/train.hpp>

#include <ctgrad/model/compile_rules.hpp>
#include <ctgrad/model/compile.hpp>
#include <ctgrad/model/callbacks.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
