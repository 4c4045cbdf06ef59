// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct reduce_sum_op : reduction_op {
    static constexpr char name[] = "reduce_sum";
    static constexpr double identity = -0.0; // -0 + x is x for every x, and so never computed; 0 + -0 is 0
    static constexpr bool is_sum = true;     ///< Long ones are added block by block.
    /// Some ops know how to sum what they make of floats without making each of it.
    template <class Op, class V>
    using sum_of = typename Op::template sum<V>;

    static constexpr auto combine(auto a, auto b) { CTGRAD_FUSES return a + b; }
    static constexpr ref derivative(const auto& at) { return spread(at.dy, at.x().shape(), reduced_axes(at.attrs())); }
};

/// The sum along `axis<...>` (all axes if none is named): `reduce_sum(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: 1.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.reduce_sum`.
inline constexpr reduction_function<reduce_sum_op> reduce_sum{};

} // namespace ctgrad
