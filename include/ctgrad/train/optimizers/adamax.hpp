// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct adamax_formula {
    static constexpr char name[] = "adamax";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-7_c);
    }();
    static constexpr void update(auto& at) {
        const auto m = at.average(at.slot(slots::momentum), beta_1, at.gradient);
        const auto u = maximum(at[beta_2] * at.slot(slots::norm), abs(at.gradient));
        at.assign(at.slot(slots::norm), u);
        at.assign(at.variable, at.variable - at.quotient(at[learning_rate] / at.correction(beta_1) * m, u + at[epsilon], at[epsilon]));
    }
};

} // namespace detail

/// Adamax: m, a moving average of the gradient, u <- max(beta_2 u, |g|), w <- w - rate / (1 - beta_1^t) m / (u + epsilon).
/// Options: learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), and those of all optimizers.
/// Source: Kingma and Ba, Adam (2015), section 7; Keras, `Adamax`.
inline constexpr optimizer_function<detail::adamax_formula> adamax{};

} // namespace ctgrad
