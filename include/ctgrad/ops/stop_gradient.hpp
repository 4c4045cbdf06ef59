// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct stop_gradient_op : elementwise_op<1> {
    static constexpr char name[] = "stop_gradient";
    static constexpr int flops = 0;
    static constexpr domain accepts = domain::any;

    static constexpr auto evaluate(auto x) { return x; }
};

/// `x` itself, as a constant to differentiation (`tf.stop_gradient`).
/// @returns the shape and dtype of `x`. Derivative: 0. Source: `tf.stop_gradient`.
inline constexpr op_function<stop_gradient_op> stop_gradient{};

} // namespace ctgrad
