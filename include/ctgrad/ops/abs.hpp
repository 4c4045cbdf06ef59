// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct abs_op : elementwise_op<1> {
    static constexpr char name[] = "abs";

    static constexpr auto evaluate(auto x) {
        if constexpr (requires { simd::abs(x); })
            return simd::abs(x);
        else
            return simd::select(x < decltype(x)(0), -x, x);
    }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<sign_op>(at.x()); }
};

/// The absolute value, element by element: |x|.
/// @returns the shape and dtype of `x`. Derivative: sign(x), which is 0 at 0.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.abs`.
inline constexpr op_function<abs_op> abs{};

} // namespace ctgrad
