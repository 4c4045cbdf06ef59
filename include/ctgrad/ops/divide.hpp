// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/factors.hpp>
#include <ctgrad/ops/negative.hpp>

#include <bit>
#include <cstdint>

namespace ctgrad {

struct divide_op : elementwise_op<2> {
    static constexpr std::string_view name = "divide";
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto a, auto b) { return a / b; }
    static constexpr ref derivative(const auto& at) { return at.wrt == 0 ? at.dy / at.x(1) : -(at.dy * at.y / at.x(1)); }
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x(0), y = at.x(1);
        if (is_constant(y, 1)) return x;
        if (detail::is_number(y))
            if (const ref w = by_number(x, constant_value(*y))) return w;
        if (const ref w = detail::without_sign(x)) return -(w / y);
        if (const ref w = detail::without_sign(y)) return -(x / w);
        return {};
    }

private:
    /// (c w) / d = (c / d) w, and 1 / d instead of d where it is exact.
    static constexpr ref by_number(const auto x, double d) {
        if (!detail::keeps_digits(d)) return {};
        if (is_power_of_two(d)) return x * (1 / d);
        if (!detail::is_made_by<multiply_op>(x)) return {};
        for (int k = 0; k < 2; ++k) {
            if (!detail::is_number(x.input(k))) continue;
            const double both = constant_value(*x.input(k)) / d;
            if (detail::keeps_digits(both)) return x.input(1 - k) * both;
        }
        return {};
    }
    static constexpr bool is_power_of_two(double d) { return (std::bit_cast<std::uint64_t>(d) << 12) == 0; }
};

/// The quotient, also written `a / b`, element by element: a / b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1/b, -a/b^2.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`).
inline constexpr op_function<divide_op> divide{};

} // namespace ctgrad
