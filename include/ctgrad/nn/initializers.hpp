// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file What variables are before training.

#include <ctgrad/nn/initializers/constant.hpp>
#include <ctgrad/nn/initializers/initializer.hpp>
#include <ctgrad/nn/initializers/orthogonal.hpp>
#include <ctgrad/nn/initializers/random.hpp>
#include <ctgrad/nn/initializers/variance_scaling.hpp>
