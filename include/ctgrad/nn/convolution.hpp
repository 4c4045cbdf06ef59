// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Windows: convolutions, pooling and their layers. Not in the umbrella.

// GCC 12 says of a local name in a template that it shadows a global one of the user's, such as `x`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/expr/poison.hpp> // here, so that errors name few files before the user's line

#include <ctgrad/ops/window_ops.hpp>

#include <ctgrad/nn/convolution/convolution.hpp>
#include <ctgrad/nn/convolution/pooling.hpp>

#include <ctgrad/nn/layers/convolution.hpp>
#include <ctgrad/nn/layers/depthwise_convolution.hpp>
#include <ctgrad/nn/layers/pooling.hpp>
#include <ctgrad/nn/layers/resizing.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
