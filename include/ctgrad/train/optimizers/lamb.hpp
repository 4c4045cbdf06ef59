// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/euclidean_norm.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct lamb_formula {
    static constexpr char name[] = "lamb";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-7_c);
    }();
    static constexpr void update(auto& at) {
        const auto m = at.average(at.slot(slots::momentum), beta_1, at.gradient) / at.correction(beta_1);
        const auto v = at.average(at.slot(slots::velocity), beta_2, square(at.gradient)) / at.correction(beta_2);
        const auto down = at.quotient(m, sqrt(v) + at[epsilon], at[epsilon]);
        const auto of_variable = detail::euclidean_norm(at.variable), of_step = detail::euclidean_norm(down);
        const auto trust = where(logical_and(of_variable > 0.0, of_step > 0.0), of_variable / of_step, 1.0);
        at.assign(at.variable, at.variable - trust * at[learning_rate] * down);
    }
};

} // namespace detail

/// Lamb, Adam with a rate for each variable: r = m / (1 - beta_1^t) / (sqrt(v / (1 - beta_2^t)) + epsilon),
/// w <- w - |w| / |r| rate r (the quotient is 1 if either norm is 0).
/// Options: learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), and those of all optimizers.
/// Source: You et al., Large batch optimization for deep learning (2020); Keras, `Lamb`.
inline constexpr optimizer_function<detail::lamb_formula> lamb{};

} // namespace ctgrad
