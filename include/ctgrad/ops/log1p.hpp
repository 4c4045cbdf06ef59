// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct log1p_op : elementwise_op<1> {
    static constexpr char name[] = "log1p";
    static constexpr int flops = 45;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    template <class V>
    using sum = simd::sum_of_log1p<V>;

    static constexpr auto evaluate(auto x) { return simd::log1p(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / (at.x() + 1.0); }
};

/// The logarithm of one more, element by element: ln(1 + x), accurate near 0.
/// @returns the shape and dtype of `x`. Derivative: 1 / (1 + x).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.log1p`.
inline constexpr op_function<log1p_op> log1p{};

} // namespace ctgrad
