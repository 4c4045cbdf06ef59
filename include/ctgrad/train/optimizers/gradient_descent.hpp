// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/expr/hyperparameter.hpp>
#include <ctgrad/train/optimizer.hpp>

namespace ctgrad {

template <expression Rate>
struct gradient_descent_optimizer {
    using rate = Rate;
    static constexpr void update(optimizer_step& at) { at.assign(at.variable, at.variable - at.number(Rate{}) * at.gradient); }
};

namespace detail {
template <class Rate>
struct gradient_descent_check {
    static constexpr finding found =
        is_poison<Rate> ? finding(fault::reported) : check_hyperparameter<interval::not_negative, Rate>("gradient_descent", "rate");
};
} // namespace detail

/// Gradient descent: w <- w - rate * dL/dw.
/// @param rate the learning rate, at least 0: a literal (`gradient_descent(0.5_c)`) or a run-time `scalar`.
/// **Fails when** the rate is a bare number (`number_must_be_a_literal`), negative
/// (`hyperparameter_must_be_in_range`), or not one floating number (`hyperparameter_must_be_one_number`).
/// Source: `tf.compat.v1.train.GradientDescentOptimizer`, Keras `SGD` without momentum.
template <class Rate>
constexpr auto gradient_descent(Rate) {
    using check = detail::gradient_descent_check<Rate>;
    if constexpr (!check::found.is_fine())
        return refuse<check>();
    else
        return gradient_descent_optimizer<Rate>{};
}

} // namespace ctgrad
