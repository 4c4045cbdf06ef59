// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/round.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/simd/mod.hpp>

namespace ctgrad {

struct mod_op : elementwise_op<2> {
    static constexpr char name[] = "mod";
    static constexpr int flops = 15;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x, auto y) {
        using V = decltype(x);
        if constexpr (simd::floating_lanes<V>)
            return simd::mod(x, y);
        else { // whole numbers are exact in double; modulo 0 gives 0
            const V divisor = simd::select(y == V(0), V(1), y);
            return simd::convert<std::int32_t>(simd::mod(simd::convert<double>(x), simd::convert<double>(divisor)));
        }
    }
    static constexpr ref derivative(const auto& at) {
        if (at.wrt == 0) return at.dy;
        return -(at.dy * apply<round_op>((at.x(0) - at.y) / at.x(1))); // of the quotient: the floor
    }
};

/// The remainder of a division that rounds down, element by element: x - floor(x / y) y, of the sign of y as Python's `%`; exact but for
/// its last rounding, however large the quotient. NaN where y is 0 or x infinite; of int32, 0 where y is 0.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1, -floor(x / y).
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ (`shapes_must_broadcast`,
/// `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.mod`.
inline constexpr op_function<mod_op> mod{};

} // namespace ctgrad
