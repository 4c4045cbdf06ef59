// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct mean_absolute_percentage_error_formula : loss_formula {
    static constexpr char name[] = "mean_absolute_percentage_error";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return 100_c * reduce_mean(abs((t - p) / maximum(abs(t), 1e-7_c)), how.axis());
    }
};

} // namespace detail

/// 100 times the mean of |t - p| / max(|t|, 1e-7) along the last axis.
/// Derivative: dp = 100 sign(p - t) / (n max(|t|, 1e-7)). Source: Keras, `MeanAbsolutePercentageError`.
inline constexpr loss_function<detail::mean_absolute_percentage_error_formula> mean_absolute_percentage_error{};

} // namespace ctgrad
