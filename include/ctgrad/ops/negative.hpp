// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct negative_op : elementwise_op<1> {
    static constexpr char name[] = "negative";
    static constexpr bool is_arithmetic = true;

    static constexpr auto evaluate(auto x) { return -x; }
    static constexpr ref derivative(const auto& at) { return -at.dy; }
};

/// The negative, also written `-x`, element by element: -x.
/// @returns the shape and dtype of `x`. Derivative: -1.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.negative`.
inline constexpr op_function<negative_op> negative{};

} // namespace ctgrad
