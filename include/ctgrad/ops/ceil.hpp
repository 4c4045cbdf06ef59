// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad {

struct ceil_op : elementwise_op<1> {
    static constexpr char name[] = "ceil";
    static constexpr int flops = 3;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::ceil(x); }
    static constexpr ref derivative(const auto& at) { return constant(*at.dy.graph, 0.0, at.dy->type, at.dy.shape()); }
};

/// The smallest whole number that is not below x, element by element.
/// @returns the shape and dtype of `x`. Derivative: 0, as in TensorFlow.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.ceil`.
inline constexpr op_function<ceil_op> ceil{};

} // namespace ctgrad
