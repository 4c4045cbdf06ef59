// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

struct reduce_prod_op : reduction_op {
    static constexpr std::string_view name = "reduce_prod";
    static constexpr double identity = 1;

    static constexpr auto combine(auto a, auto b) { return a * b; }
    static constexpr ref simplify(const auto& at) { return simplify_reduction<reduce_prod_op>(at); }
    static constexpr ref derivative(const auto& at) {
        const auto x = at.x();
        const axis_mask axes = reduced_axes(at.attrs());
        const tensor_shape shape = x.shape();
        attributes counted;
        counted.type = x->type;
        const auto zero = apply<equal_op>(x, 0.0);
        const auto zeros = spread(apply<reduce_sum_op>(at.attrs(), apply<cast_op>(counted, zero)), shape, axes);
        const auto nonzero = apply<where_op>(zero, 1.0, x);
        const auto others = spread(apply<reduce_prod_op>(at.attrs(), nonzero), shape, axes);
        const auto factor = apply<where_op>(zero, apply<where_op>(apply<equal_op>(zeros, 1.0), others, 0.0),
                                           apply<where_op>(apply<equal_op>(zeros, 0.0), others / nonzero, 0.0));
        return spread(at.dy, shape, axes) * factor;
    }
};

/// The product along `axis<...>` (all axes if none is named): `reduce_prod(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: the product of the other elements, exact also where elements are 0.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`).
inline constexpr reduction_function<reduce_prod_op> reduce_prod{};

} // namespace ctgrad
