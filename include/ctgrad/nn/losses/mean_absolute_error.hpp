// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct mean_absolute_error_formula : loss_formula {
    static constexpr char name[] = "mean_absolute_error";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) { return reduce_mean(abs(t - p), how.axis()); }
};

} // namespace detail

/// The mean of |t - p| along the last axis.
/// Derivative: dp = sign(p - t) / n, 0 where they are equal. Source: Keras, `MeanAbsoluteError`.
inline constexpr loss_function<detail::mean_absolute_error_formula> mean_absolute_error{};

} // namespace ctgrad
