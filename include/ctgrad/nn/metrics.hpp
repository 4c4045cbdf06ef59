// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Metrics: what a batch says of them is an expression, what batches add up to is a number.

#include <ctgrad/nn/metrics/accuracy.hpp>
#include <ctgrad/nn/metrics/as_metric.hpp>
#include <ctgrad/nn/metrics/confusion_counts.hpp>
#include <ctgrad/nn/metrics/mean_and_sum.hpp>
#include <ctgrad/nn/metrics/metric_state.hpp>
#include <ctgrad/nn/metrics/top_k.hpp>
