// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/simd/log2.hpp>

namespace ctgrad {

struct exp2_op : elementwise_op<1> {
    static constexpr char name[] = "exp2";
    static constexpr int flops = 35;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::exp2(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (at.y * 0.69314718055994531); }
};

/// The power of 2, element by element: 2^x, exact for whole x.
/// @returns the shape and dtype of `x`. Derivative: 2^x ln 2.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `numpy.exp2`.
inline constexpr op_function<exp2_op> exp2{};

} // namespace ctgrad
