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

struct adadelta_formula {
    static constexpr char name[] = "adadelta";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, rho = 0.95_c, epsilon = 1e-7_c);
    }();
    static constexpr void update(auto& at) {
        const auto a = at.average(at.slot(slots::accumulated_gradient), rho, square(at.gradient));
        const auto d = at.gradient * at.quotient(sqrt(at.slot(slots::accumulated_delta) + at[epsilon]), sqrt(a + at[epsilon]), at[epsilon]);
        at.average(at.slot(slots::accumulated_delta), rho, square(d));
        at.assign(at.variable, at.variable - at[learning_rate] * d);
    }
};

} // namespace detail

/// Adadelta: a and s, moving averages of the squared gradient and of the squared change d,
/// d = g sqrt(s + epsilon) / sqrt(a + epsilon), w <- w - rate d.
/// Options: learning_rate (0.001), rho (0.95), epsilon (1e-7), and those of all optimizers.
/// Source: Zeiler, Adadelta (2012); Keras, `Adadelta`.
inline constexpr optimizer_function<detail::adadelta_formula> adadelta{};

} // namespace ctgrad
