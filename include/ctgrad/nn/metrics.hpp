// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Metrics: what a batch says of them is an expression, what batches add up to is a number.

#include <ctgrad/nn/metrics/accuracy.hpp>
#include <ctgrad/nn/metrics/as_metric.hpp>
#include <ctgrad/nn/metrics/auc.hpp>
#include <ctgrad/nn/metrics/best_at.hpp>
#include <ctgrad/nn/metrics/confusion_counts.hpp>
#include <ctgrad/nn/metrics/correlation.hpp>
#include <ctgrad/nn/metrics/crossentropy.hpp>
#include <ctgrad/nn/metrics/fbeta_score.hpp>
#include <ctgrad/nn/metrics/iou.hpp>
#include <ctgrad/nn/metrics/mean_and_sum.hpp>
#include <ctgrad/nn/metrics/metric_state.hpp>
#include <ctgrad/nn/metrics/r2_score.hpp>
#include <ctgrad/nn/metrics/root_mean_squared_error.hpp>
#include <ctgrad/nn/metrics/top_k.hpp>
