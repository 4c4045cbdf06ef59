// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/hypot.hpp>
#include <ctgrad/simd/hyperbolic.hpp>

namespace ctgrad {

struct asinh_op : elementwise_op<1> {
    static constexpr char name[] = "asinh";
    static constexpr int flops = 70;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::asinh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / apply<hypot_op>(at.x(), 1.0); }
};

/// The inverse hyperbolic sine, element by element: ln(x + sqrt(x^2 + 1)), accurate near 0, finite wherever x is.
/// @returns the shape and dtype of `x`. Derivative: 1 / sqrt(x^2 + 1).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.asinh`.
inline constexpr op_function<asinh_op> asinh{};

} // namespace ctgrad
