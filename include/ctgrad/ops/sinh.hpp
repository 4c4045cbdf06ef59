// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/hyperbolic.hpp>

namespace ctgrad {

struct cosh_op; // they are each other's derivatives, so both ops stand here

struct sinh_op : elementwise_op<1> {
    static constexpr char name[] = "sinh";
    static constexpr int flops = 60;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::sinh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<cosh_op>(at.x()); }
};

struct cosh_op : elementwise_op<1> {
    static constexpr char name[] = "cosh";
    static constexpr int flops = 45;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::cosh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<sinh_op>(at.x()); }
};

/// The hyperbolic sine, element by element: (e^x - e^-x) / 2, accurate near 0.
/// @returns the shape and dtype of `x`. Derivative: cosh x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.sinh`.
inline constexpr op_function<sinh_op> sinh{};

/// The hyperbolic cosine, element by element: (e^x + e^-x) / 2.
/// @returns the shape and dtype of `x`. Derivative: sinh x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.cosh`.
inline constexpr op_function<cosh_op> cosh{};

} // namespace ctgrad
