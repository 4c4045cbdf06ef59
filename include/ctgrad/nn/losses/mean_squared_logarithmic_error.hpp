// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/log1p.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct mean_squared_logarithmic_error_formula : loss_formula {
    static constexpr char name[] = "mean_squared_logarithmic_error";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto logarithm = [](auto x) { return log1p(maximum(x, 1e-7_c)); };
        return reduce_mean(square(logarithm(p) - logarithm(t)), how.axis());
    }
};

} // namespace detail

/// The mean of (ln(max(p, 1e-7) + 1) - ln(max(t, 1e-7) + 1))^2 along the last axis.
/// Derivative: dp = 2 (ln(p + 1) - ln(t + 1)) / (p + 1) / n where p is above 1e-7, 0 below.
/// Source: Keras, `MeanSquaredLogarithmicError`.
inline constexpr loss_function<detail::mean_squared_logarithmic_error_formula> mean_squared_logarithmic_error{};

} // namespace ctgrad
