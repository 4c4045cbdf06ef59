// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/size.hpp>

namespace ctgrad {

struct reduce_sum_op : reduction_op {
    static constexpr std::string_view name = "reduce_sum";
    static constexpr double identity = 0;

    static constexpr auto combine(auto a, auto b) { return a + b; }
    static constexpr ref derivative(const auto& at) {
        return spread(at.dy, at.x().shape(), reduced_axes(at.attrs()));
    }
    static constexpr ref simplify(const auto& at) {
        // A repeated axis only multiplies: the sum over i of x is n x.
        const auto x = at.x();
        const axis_mask axes = reduced_axes(at.draft);
        if (axes.bits == 0) return x;
        const tensor_shape shape = x.shape();
        axis_mask repeated;
        axis_mask others;
        attributes kept; // x without its repeated axes
        for (int k = 0, next = 0; k < shape.rank; ++k) {
            const bool constant_along = x->op->kind == op_kind::constant || (x->op == &info<view_op> && x->numbers[k] < 0);
            if (axes.has(k) && constant_along) {
                repeated.bits |= 1u << k;
                continue;
            }
            if (axes.has(k)) others.bits |= 1u << next;
            kept.numbers[next++] = k;
            kept.shape.append(shape[k]);
        }
        if (repeated.bits == 0) return {};
        attributes rest;
        rest.numbers[0] = static_cast<std::int32_t>(others.bits);
        const auto once = apply<view_op>(kept, x);
        return apply<reduce_sum_op>(rest, once) * element_count(*at.graph, at.draft.type, shape, repeated);
    }
};

/// The sum along `axis<...>` (all axes if none is named): `reduce_sum(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: 1.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`).
inline constexpr reduction_function<reduce_sum_op> reduce_sum{};

} // namespace ctgrad
