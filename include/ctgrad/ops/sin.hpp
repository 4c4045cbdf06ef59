// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct cos_op; // sine and cosine are each other's derivatives, so both ops stand here

struct sin_op : elementwise_op<1> {
    static constexpr char name[] = "sin";
    static constexpr int flops = 55;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::sin(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<cos_op>(at.x()); }
};

struct cos_op : elementwise_op<1> {
    static constexpr char name[] = "cos";
    static constexpr int flops = 55;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::cos(x); }
    static constexpr ref derivative(const auto& at) { return -(at.dy * apply<sin_op>(at.x())); }
};

/// The sine, element by element: sin x, x in radians.
/// @returns the shape and dtype of `x`. Derivative: cos x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.sin`.
inline constexpr op_function<sin_op> sin{};

/// The cosine, element by element: cos x, x in radians.
/// @returns the shape and dtype of `x`. Derivative: -sin x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.cos`.
inline constexpr op_function<cos_op> cos{};

} // namespace ctgrad
