// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct exp_op : elementwise_op<1> {
    static constexpr char name[] = "exp";
    static constexpr int flops = 25;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::exp(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * at.y; }
};

/// The exponential, element by element: e^x.
/// @returns the shape and dtype of `x`. Derivative: e^x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.exp`.
inline constexpr op_function<exp_op> exp{};

} // namespace ctgrad
