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

/// Gradient descent: w <- w - rate * dL/dw.
/// @param rate the learning rate, at least 0: a literal (`gradient_descent(0.5_c)`) or a run-time `scalar`.
/// **Fails when** the rate is a bare number (`number_must_be_a_literal`), negative
/// (`hyperparameter_must_be_in_range`), or not one floating number (`hyperparameter_must_be_one_number`).
/// Source: `tf.compat.v1.train.GradientDescentOptimizer`, Keras `SGD` without momentum.
template <class Rate>
constexpr auto gradient_descent(Rate) {
    constexpr hyperparameter_fault fault = hyperparameter_fault_of<interval::not_negative, Rate>();
    if constexpr (detail::is_poison<Rate>)
        return poison{};
    else if constexpr (fault == hyperparameter_fault::bare)
        return number_must_be_a_literal<"gradient_descent", detail::number_shown<Rate>>;
    else if constexpr (fault == hyperparameter_fault::no_number)
        return hyperparameter_must_be_one_number<"gradient_descent", show([] { return detail::hyperparameter_phrase<Rate>("rate"); })>;
    else if constexpr (fault == hyperparameter_fault::range)
        return hyperparameter_must_be_in_range<"gradient_descent", show([] { return detail::hyperparameter_phrase<Rate>("rate"); }),
                                               show([] { return name_of(interval::not_negative); })>;
    else
        return gradient_descent_optimizer<Rate>{};
}

} // namespace ctgrad
