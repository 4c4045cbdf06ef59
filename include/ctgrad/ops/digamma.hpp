// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/simd/polygamma.hpp>

namespace ctgrad {

/// `polygamma(n, x)`, of whole n.
struct polygamma_op : elementwise_op<2> {
    static constexpr char name[] = "polygamma";
    static constexpr int flops = 400;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;
    static constexpr unsigned differentiable_inputs = 2;

    static constexpr auto evaluate(auto n, auto x) { return simd::polygamma(n, x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<polygamma_op>(at.x(0) + 1.0, at.x(1)); }
};

struct digamma_op : elementwise_op<1> {
    static constexpr char name[] = "digamma";
    static constexpr int flops = 150;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::digamma(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<polygamma_op>(1.0, at.x()); }
};

/// The derivative of `lgamma`, element by element: gamma'(x) / gamma(x).
/// @returns the shape and dtype of `x`; NaN at 0 and at whole numbers below. Derivative: polygamma(1, x).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.digamma`.
inline constexpr op_function<digamma_op> digamma{};

/// The derivative of order n of the digamma function, element by element: `polygamma(1_c, x)`. One number after the other.
/// @param n whole numbers up to 170, for x < 0 up to 30; others give NaN.
/// @returns the common shape of the operands and their dtype. Derivative with respect to x: polygamma(n + 1, x).
/// **Fails when** the shapes do not broadcast, or the dtypes differ or are not floating (`shapes_must_broadcast`, `dtypes_must_match`,
/// `dtype_must_be_floating`). Source: `tf.math.polygamma`.
inline constexpr op_function<polygamma_op> polygamma{};

} // namespace ctgrad
