// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/simd/log2.hpp>

namespace ctgrad {

struct log10_op : elementwise_op<1> {
    static constexpr char name[] = "log10";
    static constexpr int flops = 90;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::log10(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * 0.43429448190325182 / at.x(); }
};

/// The logarithm to the base 10, element by element: whole for powers of 10, -inf at 0, NaN below.
/// @returns the shape and dtype of `x`. Derivative: 1 / (x ln 10).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `numpy.log10`.
inline constexpr op_function<log10_op> log10{};

} // namespace ctgrad
