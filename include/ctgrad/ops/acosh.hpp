// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/simd/hyperbolic.hpp>

namespace ctgrad {

struct acosh_op : elementwise_op<1> {
    static constexpr char name[] = "acosh";
    static constexpr int flops = 70;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::acosh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (apply<rsqrt_op>(at.x() - 1.0) * apply<rsqrt_op>(at.x() + 1.0)); }
};

/// The inverse hyperbolic cosine, element by element: ln(x + sqrt(x^2 - 1)), finite wherever x is; NaN below 1.
/// @returns the shape and dtype of `x`. Derivative: 1 / sqrt(x^2 - 1).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.acosh`.
inline constexpr op_function<acosh_op> acosh{};

} // namespace ctgrad
