// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct rsqrt_op : elementwise_op<1> {
    static constexpr char name[] = "rsqrt";
    static constexpr int flops = 2;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::rsqrt(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (-0.5 * at.y * (at.y * at.y)); }
};

/// The reciprocal square root, element by element: 1 / sqrt x.
/// @returns the shape and dtype of `x`. Derivative: -y^3 / 2.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.rsqrt`.
inline constexpr op_function<rsqrt_op> rsqrt{};

} // namespace ctgrad
