// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad {

struct floor_op : elementwise_op<1> {
    static constexpr char name[] = "floor";
    static constexpr int flops = 1;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::floor(x); }
    static constexpr ref derivative(const auto& at) { return constant(*at.dy.graph, 0.0, at.dy->type, at.dy.shape()); }
};

/// The largest whole number that is not above x, element by element.
/// @returns the shape and dtype of `x`. Derivative: 0, as in TensorFlow.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.floor`.
inline constexpr op_function<floor_op> floor{};

} // namespace ctgrad
