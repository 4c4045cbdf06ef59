// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad {

struct trunc_op : elementwise_op<1> {
    static constexpr char name[] = "trunc";
    static constexpr int flops = 3;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::trunc(x); }
    static constexpr ref derivative(const auto& at) { return constant(*at.dy.graph, 0.0, at.dy->type, at.dy.shape()); }
};

/// The whole number next to x towards zero, element by element.
/// @returns the shape and dtype of `x`. Derivative: 0, as in TensorFlow.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `numpy.trunc`.
inline constexpr op_function<trunc_op> trunc{};

} // namespace ctgrad
