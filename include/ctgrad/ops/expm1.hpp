// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct expm1_op : elementwise_op<1> {
    static constexpr char name[] = "expm1";
    static constexpr int flops = 35;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::expm1(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (at.y + 1.0); }
};

/// The exponential less one, element by element: e^x - 1, accurate near 0.
/// @returns the shape and dtype of `x`. Derivative: e^x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.expm1`.
inline constexpr op_function<expm1_op> expm1{};

} // namespace ctgrad
