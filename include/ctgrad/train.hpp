// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/adadelta.hpp>
#include <ctgrad/train/adafactor.hpp>
#include <ctgrad/train/adagrad.hpp>
#include <ctgrad/train/adam.hpp>
#include <ctgrad/train/adamax.hpp>
#include <ctgrad/train/clip_by_global_norm.hpp>
#include <ctgrad/train/clip_by_norm.hpp>
#include <ctgrad/train/compat_v1.hpp>
#include <ctgrad/train/cosine_decay.hpp>
#include <ctgrad/train/cosine_decay_restarts.hpp>
#include <ctgrad/train/exponential_decay.hpp>
#include <ctgrad/train/ftrl.hpp>
#include <ctgrad/train/gradient_descent.hpp>
#include <ctgrad/train/inverse_time_decay.hpp>
#include <ctgrad/train/lamb.hpp>
#include <ctgrad/train/lion.hpp>
#include <ctgrad/train/minimize.hpp>
#include <ctgrad/train/muon.hpp>
#include <ctgrad/train/nadam.hpp>
#include <ctgrad/train/piecewise_constant_decay.hpp>
#include <ctgrad/train/polynomial_decay.hpp>
#include <ctgrad/train/rmsprop.hpp>
#include <ctgrad/train/schedule_free_adamw.hpp>
#include <ctgrad/train/sgd.hpp>
#include <ctgrad/train/trainer.hpp>
