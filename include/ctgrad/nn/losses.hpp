// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Losses of Keras, as functions and as objects.

#include <ctgrad/nn/losses/as_loss.hpp>
#include <ctgrad/nn/losses/binary_crossentropy.hpp>
#include <ctgrad/nn/losses/binary_focal_crossentropy.hpp>
#include <ctgrad/nn/losses/categorical_crossentropy.hpp>
#include <ctgrad/nn/losses/categorical_focal_crossentropy.hpp>
#include <ctgrad/nn/losses/categorical_generalized_cross_entropy.hpp>
#include <ctgrad/nn/losses/categorical_hinge.hpp>
#include <ctgrad/nn/losses/circle.hpp>
#include <ctgrad/nn/losses/compat_v1.hpp>
#include <ctgrad/nn/losses/cosine_similarity.hpp>
#include <ctgrad/nn/losses/dice.hpp>
#include <ctgrad/nn/losses/hinge.hpp>
#include <ctgrad/nn/losses/huber.hpp>
#include <ctgrad/nn/losses/kl_divergence.hpp>
#include <ctgrad/nn/losses/log_cosh.hpp>
#include <ctgrad/nn/losses/mean_absolute_error.hpp>
#include <ctgrad/nn/losses/mean_absolute_percentage_error.hpp>
#include <ctgrad/nn/losses/mean_squared_error.hpp>
#include <ctgrad/nn/losses/mean_squared_logarithmic_error.hpp>
#include <ctgrad/nn/losses/poisson.hpp>
#include <ctgrad/nn/losses/sparse_categorical_crossentropy.hpp>
#include <ctgrad/nn/losses/squared_hinge.hpp>
#include <ctgrad/nn/losses/tversky.hpp>
