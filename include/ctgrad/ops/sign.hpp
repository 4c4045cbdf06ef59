// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct sign_op : elementwise_op<1> {
    static constexpr char name[] = "sign";

    static constexpr auto evaluate(auto x) {
        using value = decltype(x);
        if constexpr (requires { simd::copysign(x, x); })
            return simd::select(simd::abs(x) > value(0), simd::copysign(value(1), x), x);
        else
            return simd::select(x > value(0), value(1), simd::select(x < value(0), value(-1), x));
    }
    static constexpr ref derivative(const auto& at) { return constant(*at.dy.graph, 0.0, at.dy->type, at.dy.shape()); }
};

/// The sign, element by element: -1, 0 or 1; NaN stays NaN.
/// @returns the shape and dtype of `x`. Derivative: 0.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.sign`.
inline constexpr op_function<sign_op> sign{};

} // namespace ctgrad
