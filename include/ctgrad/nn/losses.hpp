// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Losses of Keras, as functions and as objects.

#include <ctgrad/nn/losses/as_loss.hpp>
#include <ctgrad/nn/losses/binary_crossentropy.hpp>
#include <ctgrad/nn/losses/categorical_crossentropy.hpp>
#include <ctgrad/nn/losses/huber.hpp>
#include <ctgrad/nn/losses/mean_squared_error.hpp>
#include <ctgrad/nn/losses/sparse_categorical_crossentropy.hpp>
