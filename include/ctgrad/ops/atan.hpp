// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/simd/inverse_trigonometric.hpp>

namespace ctgrad {

struct atan_op : elementwise_op<1> {
    static constexpr char name[] = "atan";
    static constexpr int flops = 70;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::atan(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / (at.x() * at.x() + 1.0); }
};

/// The arc tangent, element by element: the angle in [-pi/2, pi/2] whose tangent is x.
/// @returns the shape and dtype of `x`. Derivative: 1 / (1 + x^2).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.atan`.
inline constexpr op_function<atan_op> atan{};

} // namespace ctgrad
