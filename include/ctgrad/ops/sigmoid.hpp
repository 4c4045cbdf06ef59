// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct sigmoid_op : elementwise_op<1> {
    static constexpr char name[] = "sigmoid";
    static constexpr int flops = 40;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::sigmoid(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (at.y * (1.0 - at.y)); }
};

/// The logistic function, element by element: 1 / (1 + e^-x).
/// @returns the shape and dtype of `x`. Derivative: y (1 - y).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.sigmoid`.
inline constexpr op_function<sigmoid_op> sigmoid{};

} // namespace ctgrad
