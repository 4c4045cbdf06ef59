// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/annihilating_multiply.hpp>
#include <ctgrad/simd.hpp>

#include <type_traits>

namespace ctgrad {

struct multiply_no_nan_op : elementwise_op<2> {
    static constexpr char name[] = "multiply_no_nan";
    static constexpr int flops = 2;
    static constexpr domain accepts = domain::floating;
    static constexpr bool keeps_zeros = true;

    static constexpr auto evaluate(auto x, auto y) {
        const decltype(y) zero(0);
        if constexpr (std::is_arithmetic_v<decltype(y)>) // in a constant expression nothing may be NaN, chosen or not
            return y == zero ? zero : x * y;
        else
            return simd::select(y != zero, x * y, zero); // so g++ 12 -O3 crashes on fewer loops than the other way round
    }
    /// A zero of y hides dy from x, and a zero of dy hides x from y.
    static constexpr ref derivative(const auto& at) {
        if (at.wrt == 0) return apply<annihilating_multiply_op>(attributes{}, at.dy, at.x(1));
        return apply<multiply_no_nan_op>(attributes{}, at.x(0), at.dy);
    }
    static constexpr bool may_vanish(const auto& at) { return at.wrt == 0; }
};

/// The product, but 0 where `y` is 0, even if `x` is infinite or NaN (`tf.math.multiply_no_nan`), element
/// by element: x y.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: y, x; what a 0 hides it hides from them too.
/// **Fails when** the shapes do not broadcast, both would have to expand, the dtypes differ or are not
/// floating (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`,
/// `dtype_must_be_floating`). Source: `tf.math.multiply_no_nan`.
inline constexpr op_function<multiply_no_nan_op> multiply_no_nan{};

} // namespace ctgrad
