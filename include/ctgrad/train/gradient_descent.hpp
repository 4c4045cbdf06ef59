// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer.hpp>

namespace ctgrad {

template <expression Rate>
struct gradient_descent_optimizer {
    using rate = Rate;
    static constexpr void update(optimizer_step& at) {
        at.assign(at.variable, at.variable - at.number(Rate{}) * at.gradient);
    }
};

/// Gradient descent: w <- w - rate * dL/dw.
/// @param rate the learning rate: a literal (`gradient_descent(0.5_c)`) or a run-time `scalar`.
/// Source: `tf.compat.v1.train.GradientDescentOptimizer`, Keras `SGD` without momentum.
template <expression Rate>
constexpr gradient_descent_optimizer<Rate> gradient_descent(Rate) {
    return {};
}

} // namespace ctgrad
