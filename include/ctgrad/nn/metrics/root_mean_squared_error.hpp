// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

namespace detail {

struct root_mean_squared_error_formula : mean_formula<root_mean_squared_error_formula> {
    static constexpr char name[] = "root_mean_squared_error";
    static constexpr auto defaults = options();
    static constexpr truth_kind truth = truth_kind::like_prediction;

    static constexpr auto values(auto, auto t, auto p) { return square(p - t); }
    static double result(auto, std::span<const double> totals) { return simd::sqrt(divide_no_nan(totals[0], totals[1])); }
};

} // namespace detail

/// The root of the mean of (p - t)^2 over all batches (Keras, `RootMeanSquaredError`).
inline constexpr metric_function<detail::root_mean_squared_error_formula> root_mean_squared_error{};

} // namespace ctgrad
