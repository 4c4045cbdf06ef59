// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct rmsprop_formula {
    static constexpr char name[] = "rmsprop";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, rho = 0.9_c, momentum = 0_c, epsilon = 1e-7_c, centered,
                                 initial_accumulator_value = 0_c);
    }();
    static constexpr void update(auto& at) {
        auto v = at.average(at.slot(slots::velocity, initial_accumulator_value), rho, square(at.gradient));
        if (at.has(centered)) v = maximum(v - square(at.average(at.slot(slots::average_gradient), rho, at.gradient)), 0.0); // a variance
        auto down = at.quotient(at[learning_rate] * at.gradient, sqrt(v + at[epsilon]), at[epsilon]);
        if (!is_constant(at[momentum], 0)) {
            down = at[momentum] * at.slot(slots::momentum) + down;
            at.assign(at.slot(slots::momentum), down);
        }
        at.assign(at.variable, at.variable - down);
    }
};

} // namespace detail

/// RMSprop: v, a moving average of the squared gradient, and w <- w - rate g / sqrt(v + epsilon). `centered`
/// subtracts the square of the gradient's moving average from v. With momentum m <- momentum m + rate g / sqrt(...),
/// w <- w - m.
/// Options: learning_rate (0.001), rho (0.9), momentum (0), epsilon (1e-7), `centered`, initial_accumulator_value (0, of v),
/// and those of all optimizers.
/// Source: Hinton, lecture 6e of Neural networks for machine learning (2012); Keras, `RMSprop`.
inline constexpr optimizer_function<detail::rmsprop_formula> rmsprop{};

} // namespace ctgrad
