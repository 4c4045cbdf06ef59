// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct tanh_op : elementwise_op<1> {
    static constexpr char name[] = "tanh";
    static constexpr int flops = 45;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::tanh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (1.0 - at.y * at.y); }
};

/// The hyperbolic tangent, element by element: tanh x.
/// @returns the shape and dtype of `x`. Derivative: 1 - tanh(x)^2.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.tanh`.
inline constexpr op_function<tanh_op> tanh{};

} // namespace ctgrad
