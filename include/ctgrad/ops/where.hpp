// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/clip.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct where_op : elementwise_op<3> {
    static constexpr std::string_view name = "where";
    static constexpr unsigned boolean_inputs = 1;
    static constexpr bool selects = true;
    static constexpr unsigned differentiable_inputs = 6;

    static constexpr auto evaluate(auto condition, auto a, auto b) { return simd::select(condition, a, b); }
    static constexpr ref derivative(const auto& at) {
        const auto condition = at.x(0);
        return at.wrt == 1 ? apply<where_op>(condition, at.dy, 0.0) : apply<where_op>(condition, 0.0, at.dy);
    }
    static constexpr ref simplify(const auto& at) {
        const auto condition = at.x(0), x = at.x(1), y = at.x(2);
        if (x == y) return x;
        if (is_constant(condition, 1)) return x;
        if (is_constant(condition, 0)) return y;
        if (is_constant(y, 0))
            if (const ref w = detail::without_sign(x)) return -apply<where_op>(condition, w, y);
        if (is_constant(x, 0))
            if (const ref w = detail::without_sign(y)) return -apply<where_op>(condition, x, w);
        if (const ref clipped = detail::as_clip(condition, x, y)) return clipped;
        return detail::factored<true>(x, y, [condition](auto a, auto b) { return apply<where_op>(condition, a, b); });
    }
};

/// Chooses element by element: `a` where the mask `condition` holds, else `b`.
/// @returns the common shape of the three and the dtype of `a` and `b`.
/// Derivative: 1 for the chosen one. What the other branch would give there, be it infinite or NaN,
/// never reaches the gradient.
/// **Fails when** `condition` is no mask, the dtypes differ or the shapes do not broadcast
/// (`dtype_must_be_boolean`, `dtypes_must_match`, `shapes_must_broadcast`).
inline constexpr op_function<where_op> where{};

} // namespace ctgrad

// What the rule of clips names is complete before it is used.
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/minimum.hpp>
