// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct mean_squared_error_formula : loss_formula {
    static constexpr char name[] = "mean_squared_error";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) { return reduce_mean(square(t - p), how.axis()); }
};

} // namespace detail

/// The mean of (t - p)^2 along the last axis.
/// Derivative: dp = 2 (p - t) / n. Source: Keras, `MeanSquaredError`.
inline constexpr loss_function<detail::mean_squared_error_formula> mean_squared_error{};

} // namespace ctgrad
