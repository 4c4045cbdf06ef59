// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file What `fit` can do between epochs and batches.

#include <ctgrad/model/callbacks/early_stopping.hpp>
#include <ctgrad/model/callbacks/lambda.hpp>
#include <ctgrad/model/callbacks/learning_rate_scheduler.hpp>
#include <ctgrad/model/callbacks/reduce_lr_on_plateau.hpp>
#include <ctgrad/model/callbacks/terminate_on_nan.hpp>
