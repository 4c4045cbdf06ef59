// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct log_op : elementwise_op<1> {
    static constexpr char name[] = "log";
    static constexpr int flops = 25;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    template <class V>
    using sum = simd::sum_of_log<V>;

    static constexpr auto evaluate(auto x) { return simd::log(x); }
    static constexpr ref derivative(const auto& at) { return at.dy / at.x(); }
};

/// The natural logarithm, element by element: ln x.
/// @returns the shape and dtype of `x`. Derivative: 1 / x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.log`.
inline constexpr op_function<log_op> log{};

} // namespace ctgrad
