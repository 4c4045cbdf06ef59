// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd.hpp>

#include <limits>

namespace ctgrad {

struct reduce_min_op : reduction_op {
    static constexpr char name[] = "reduce_min";
    static constexpr double identity = std::numeric_limits<double>::infinity();

    static constexpr auto combine(auto a, auto b) { return simd::min(a, b); }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        const auto x = at.x();
        const axis_mask axes = reduced_axes(at.attrs());
        attributes counted;
        counted.type = x->type;
        const auto smallest = spread(at.y, x.shape(), axes);
        const auto count = apply<reduce_sum_op>(at.attrs(), apply<cast_op>(counted, apply<equal_op>(x, smallest)));
        const auto share = spread(at.times(at.dy, 1.0 / count), x.shape(), axes);
        return apply<where_op>(apply<greater_op>(x, smallest), 0.0, share); // of NaN each has a share: of none, so it is no number
    }
};

/// The smallest element along `axis<...>` (all axes if none is named): `reduce_min(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: shared equally among the smallest.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.reduce_min`.
inline constexpr reduction_function<reduce_min_op> reduce_min{};

} // namespace ctgrad
