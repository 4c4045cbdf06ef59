// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct square_op : elementwise_op<1> {
    static constexpr char name[] = "square";
    static constexpr bool is_arithmetic = true;

    static constexpr auto evaluate(auto x) { return x * x; }
    static constexpr ref derivative(const auto& at) { return (2.0 * at.dy) * at.x(); }
};

/// The square, element by element: x^2.
/// @returns the shape and dtype of `x`. Derivative: 2 x.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.square`.
inline constexpr op_function<square_op> square{};

} // namespace ctgrad
