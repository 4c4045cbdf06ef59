// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct adagrad_formula {
    static constexpr char name[] = "adagrad";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, initial_accumulator_value = 0.1_c, epsilon = 1e-7_c);
    }();
    static constexpr void update(auto& at) {
        const auto before = at.slot(slots::accumulator, initial_accumulator_value);
        const auto a = before + square(at.gradient);
        at.assign(before, a);
        at.assign(at.variable, at.variable - at.quotient(at[learning_rate] * at.gradient, sqrt(a + at[epsilon]), at[epsilon]));
    }
};

} // namespace detail

/// Adagrad: a <- a + g^2, w <- w - rate g / sqrt(a + epsilon).
/// Options: learning_rate (0.001), initial_accumulator_value (0.1, of a), epsilon (1e-7), and those of all optimizers.
/// Source: Duchi, Hazan and Singer, Adaptive subgradient methods (2011); Keras, `Adagrad`.
inline constexpr optimizer_function<detail::adagrad_formula> adagrad{};

} // namespace ctgrad
