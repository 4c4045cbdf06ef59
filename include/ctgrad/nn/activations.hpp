// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Activations of Keras: functions `f(x)`, with options `f(x, alpha = 2_c)`, and as a layer takes them `f(alpha = 2_c)`.

#include <ctgrad/nn/activations/activation.hpp>
#include <ctgrad/nn/activations/elu.hpp>
#include <ctgrad/nn/activations/gelu.hpp>
#include <ctgrad/nn/activations/glu.hpp>
#include <ctgrad/nn/activations/hard_sigmoid.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/nn/activations/relu.hpp>
#include <ctgrad/nn/activations/shrink.hpp>
#include <ctgrad/nn/activations/silu.hpp>
#include <ctgrad/nn/activations/softmax.hpp>
#include <ctgrad/nn/activations/softsign.hpp>
#include <ctgrad/nn/activations/sparse.hpp>
