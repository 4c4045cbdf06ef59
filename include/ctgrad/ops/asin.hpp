// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/simd/inverse_trigonometric.hpp>

namespace ctgrad {

struct asin_op : elementwise_op<1> {
    static constexpr char name[] = "asin";
    static constexpr int flops = 70;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::asin(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<rsqrt_op>((1.0 - at.x()) * (1.0 + at.x())); }
};

/// The arc sine, element by element: the angle in [-pi/2, pi/2] whose sine is x; NaN outside [-1, 1].
/// @returns the shape and dtype of `x`. Derivative: 1 / sqrt(1 - x^2).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.asin`.
inline constexpr op_function<asin_op> asin{};

} // namespace ctgrad
