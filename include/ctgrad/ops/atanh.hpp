// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/simd/hyperbolic.hpp>

namespace ctgrad {

struct atanh_op : elementwise_op<1> {
    static constexpr char name[] = "atanh";
    static constexpr int flops = 80;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::atanh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / ((1.0 - at.x()) * (1.0 + at.x())); }
};

/// The inverse hyperbolic tangent, element by element: ln((1 + x) / (1 - x)) / 2, accurate near 0; infinite at 1 and -1, NaN beyond.
/// @returns the shape and dtype of `x`. Derivative: 1 / (1 - x^2).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.atanh`.
inline constexpr op_function<atanh_op> atanh{};

} // namespace ctgrad
