// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct nadam_formula {
    static constexpr char name[] = "nadam";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-7_c);
    }();
    static constexpr void update(auto& at) {
        const auto factor = [&at](auto t) { return at[beta_1] * (1.0 - 0.5 * pow(0.96, t)); };
        const auto now = factor(at.step()), next = factor(at.step() + 1.0);
        const auto before = at.slot(slots::product, tensor_shape{}, 1.0); // of all factors
        const auto product = before * now;
        at.assign(before, product);
        const auto m = at.average(at.slot(slots::momentum), beta_1, at.gradient) * (next / (1.0 - product * next)) +
                       at.gradient * ((1.0 - now) / (1.0 - product));
        const auto v = at.average(at.slot(slots::velocity), beta_2, square(at.gradient)) / at.correction(beta_2);
        at.assign(at.variable, at.variable - at.quotient(at[learning_rate] * m, sqrt(v) + at[epsilon], at[epsilon]));
    }
};

} // namespace detail

/// Adam with Nesterov momentum: m and v, moving averages of the gradient and its square,
/// b_t = beta_1 (1 - 0.96^t / 2), B their product so far,
/// w <- w - rate (b_{t+1} m / (1 - B b_{t+1}) + (1 - b_t) g / (1 - B)) / (sqrt(v / (1 - beta_2^t)) + epsilon).
/// Options: learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), and those of all optimizers.
/// Source: Dozat, Incorporating Nesterov momentum into Adam (2016); Keras, `Nadam`.
inline constexpr optimizer_function<detail::nadam_formula> nadam{};

} // namespace ctgrad
