// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/gradient_descent.hpp>
#include <ctgrad/train/hyperparameter.hpp>
#include <ctgrad/train/initializers.hpp>
#include <ctgrad/train/minimize.hpp>
#include <ctgrad/train/trainer.hpp>
