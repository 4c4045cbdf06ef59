// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct sqrt_op : elementwise_op<1> {
    static constexpr char name[] = "sqrt";
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::sqrt(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * 0.5 / at.y; }
};

/// The square root, element by element: sqrt x.
/// @returns the shape and dtype of `x`. Derivative: 1 / (2 sqrt x), infinite at 0 as in TensorFlow.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.sqrt`.
inline constexpr op_function<sqrt_op> sqrt{};

} // namespace ctgrad
