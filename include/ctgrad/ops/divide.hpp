// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/negative.hpp>

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ctgrad {

struct divide_op : elementwise_op<2> {
    static constexpr char name[] = "divide";
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto a, auto b) {
        if constexpr (std::is_floating_point_v<decltype(b)>)
            if (std::is_constant_evaluated() && b == 0) return by_zero(a, b);
        return a / b;
    }
    static constexpr ref derivative(const auto& at) { return at.wrt == 0 ? at.dy / at.x(1) : -(at.dy * at.y / at.x(1)); }

private:
    /// What no constant expression may compute.
    template <class T>
    static constexpr T by_zero(T a, T b) {
        const bool is_negative = (std::bit_cast<std::uint64_t>(double(a)) ^ std::bit_cast<std::uint64_t>(double(b))) >> 63 != 0;
        if (a == 0 || a != a) return std::numeric_limits<T>::quiet_NaN();
        return is_negative ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
    }
};

/// The quotient, also written `a / b`, element by element: a / b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1/b, -a/b^2.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.divide`.
inline constexpr op_function<divide_op> divide{};

} // namespace ctgrad
