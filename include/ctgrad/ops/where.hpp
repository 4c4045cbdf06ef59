// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct where_op : elementwise_op<3> {
    static constexpr char name[] = "where";
    static constexpr unsigned boolean_inputs = 1;
    static constexpr bool selects = true;
    static constexpr unsigned differentiable_inputs = 6;

    static constexpr auto evaluate(auto condition, auto a, auto b) { return simd::select(condition, a, b); }
    static constexpr ref derivative(const auto& at) {
        const auto condition = at.x(0);
        return at.wrt == 1 ? apply<where_op>(condition, at.dy, 0.0) : apply<where_op>(condition, 0.0, at.dy);
    }
};

/// Chooses element by element: `a` where the mask `condition` holds, else `b`.
/// @returns the common shape of the three and the dtype of `a` and `b`.
/// Derivative: 1 for the chosen one. What the other branch would give there, be it infinite or NaN,
/// never reaches the gradient.
/// **Fails when** `condition` is no mask, the dtypes differ or the shapes do not broadcast
/// (`dtype_must_be_boolean`, `dtypes_must_match`, `shapes_must_broadcast`). Source: `tf.where`.
inline constexpr op_function<where_op> where{};

} // namespace ctgrad
