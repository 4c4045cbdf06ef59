// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/tan.hpp>

namespace ctgrad {

struct tan_op : elementwise_op<1> {
    static constexpr char name[] = "tan";
    static constexpr int flops = 90;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::tan(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (at.y * at.y + 1.0); }
};

/// The tangent, element by element: tan x, x in radians.
/// @returns the shape and dtype of `x`. Derivative: 1 + tan(x)^2.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.tan`.
inline constexpr op_function<tan_op> tan{};

} // namespace ctgrad
