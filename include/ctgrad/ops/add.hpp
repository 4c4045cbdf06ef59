// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/factors.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct add_op : elementwise_op<2> {
    static constexpr std::string_view name = "add";
    static constexpr bool is_arithmetic = true;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto a, auto b) { CTGRAD_FUSES return a + b; }
    static constexpr ref derivative(const auto& at) { return at.dy; }
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x(0), y = at.x(1);
        if (is_constant(x, 0)) return y;
        if (is_constant(y, 0)) return x;
        if (detail::is_made_by<negative_op>(y)) return x - y.input(0);
        if (detail::is_made_by<negative_op>(x)) return y - x.input(0);
        return detail::factored<false>(x, y, [](auto a, auto b) { return a + b; });
    }
};

/// The sum, also written `a + b`, element by element: a + b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1, 1.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`).
inline constexpr op_function<add_op> add{};

} // namespace ctgrad
