// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd.hpp>

#include <limits>

namespace ctgrad {

struct reduce_max_op : reduction_op {
    static constexpr char name[] = "reduce_max";
    static constexpr double identity = -std::numeric_limits<double>::infinity();

    static constexpr auto combine(auto a, auto b) { return simd::max(a, b); }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        const auto x = at.x();
        const axis_mask axes = reduced_axes(at.attrs());
        attributes counted;
        counted.type = x->type;
        const auto largest = spread(at.y, x.shape(), axes);
        const auto count = apply<reduce_sum_op>(at.attrs(), apply<cast_op>(counted, apply<equal_op>(x, largest)));
        const auto share = spread(at.times(at.dy, 1.0 / count), x.shape(), axes);
        return apply<where_op>(apply<less_op>(x, largest), 0.0, share); // of NaN each has a share: of none, so it is no number
    }
};

/// The largest element along `axis<...>` (all axes if none is named): `reduce_max(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: shared equally among the largest.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.reduce_max`.
inline constexpr reduction_function<reduce_max_op> reduce_max{};

} // namespace ctgrad
