// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad {

struct round_op : elementwise_op<1> {
    static constexpr char name[] = "round";
    static constexpr int flops = 1;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::round(x); }
    static constexpr ref derivative(const auto& at) { return constant(*at.dy.graph, 0.0, at.dy->type, at.dy.shape()); }
};

/// The nearest whole number, of two the even one, element by element.
/// @returns the shape and dtype of `x`. Derivative: 0, as in TensorFlow.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.round`.
inline constexpr op_function<round_op> round{};

} // namespace ctgrad
