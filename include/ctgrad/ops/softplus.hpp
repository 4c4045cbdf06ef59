// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct softplus_op : elementwise_op<1> {
    static constexpr char name[] = "softplus";
    static constexpr int flops = 55;
    static constexpr domain accepts = domain::floating;

    template <class V>
    using sum = simd::sum_of_softplus<V>;

    static constexpr auto evaluate(auto x) { return simd::softplus(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<sigmoid_op>(at.x()); }
};

/// The smooth relu, element by element: ln(1 + e^x), without overflow.
/// @returns the shape and dtype of `x`. Derivative: sigmoid(x).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.softplus`.
inline constexpr op_function<softplus_op> softplus{};

} // namespace ctgrad
