// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/simd/cbrt.hpp>

namespace ctgrad {

struct cbrt_op : elementwise_op<1> {
    static constexpr char name[] = "cbrt";
    static constexpr int flops = 70;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::cbrt(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / (3.0 * (at.y * at.y)); }
};

/// The cube root, element by element, also of negative numbers.
/// @returns the shape and dtype of `x`. Derivative: 1 / (3 cbrt(x)^2), infinite at 0.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `numpy.cbrt`.
inline constexpr op_function<cbrt_op> cbrt{};

} // namespace ctgrad
