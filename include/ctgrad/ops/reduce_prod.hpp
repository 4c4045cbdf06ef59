// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/exclusive_product.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

struct reduce_prod_op : reduction_op {
    static constexpr char name[] = "reduce_prod";
    static constexpr double identity = 1;

    static constexpr auto combine(auto a, auto b) { return a * b; }
    static constexpr ref derivative(const auto& at) {
        const auto x = at.x();
        const axis_mask axes = reduced_axes(at.attrs());
        return at.times(spread(at.dy, x.shape(), axes), apply<exclusive_product_op<0>>(at.attrs(), x));
    }
    static constexpr bool may_vanish(const auto&) { return true; }
};

/// The product along `axis<...>` (all axes if none is named): `reduce_prod(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: the product of the other elements, exact also where elements are 0, up to the third order.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`). Source: `tf.math.reduce_prod`.
inline constexpr reduction_function<reduce_prod_op> reduce_prod{};

} // namespace ctgrad
