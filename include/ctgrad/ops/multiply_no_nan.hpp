// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct multiply_no_nan_op : elementwise_op<2> {
    static constexpr std::string_view name = "multiply_no_nan";
    static constexpr int flops = 2;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x, auto y) {
        const decltype(y) zero(0);
        return simd::select(y == zero, zero, x) * y;
    }
    static constexpr ref derivative(const auto& at) { return at.dy * at.x(1 - at.wrt); }
    static constexpr ref simplify(const auto& at) {
        if (is_constant(at.x(1), 0)) return at.x(1);
        if (at.x(1)->op->kind == op_kind::constant) return at.x(0) * at.x(1);
        return {};
    }
};

/// The product, but 0 where `y` is 0, even if `x` is infinite or NaN (`tf.math.multiply_no_nan`), element
/// by element: x y.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: y, x.
/// **Fails when** the shapes do not broadcast, both would have to expand, the dtypes differ or are not
/// floating (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`,
/// `dtype_must_be_floating`).
inline constexpr op_function<multiply_no_nan_op> multiply_no_nan{};

} // namespace ctgrad
