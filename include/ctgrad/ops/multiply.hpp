// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/graph/value_facts.hpp>
#include <ctgrad/ops/detail/factors.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct multiply_op : elementwise_op<2> {
    static constexpr std::string_view name = "multiply";
    static constexpr bool is_arithmetic = true;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto a, auto b) { CTGRAD_FUSES return a * b; }
    /// A zero of a mask hides dy, which may be infinite.
    static constexpr ref derivative(const auto& at) {
        const auto other = at.x(1 - at.wrt);
        const bool is_mask = detail::is_always_finite(other) && detail::may_be_meant_zero(other);
        return is_mask && !detail::is_always_finite(at.dy) ? apply<multiply_no_nan_op>(attributes{}, at.dy, other) : at.dy * other;
    }
    /// Zeros of data that are summed right away are meant, as weights are. (Elsewhere what they would hide has spoilt the value.)
    static constexpr bool may_vanish(const auto& at) { return detail::is_repeated(at.dy) && detail::may_be_meant_zero(at.x(1 - at.wrt)); }
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x(0), y = at.x(1);
        if (is_constant(x, 1)) return y;
        if (is_constant(y, 1)) return x;
        if (is_constant(x, -1)) return -y;
        if (is_constant(y, -1)) return -x;
        if (is_constant(x, 0) && detail::is_always_finite(y)) return x;
        if (is_constant(y, 0) && detail::is_always_finite(x)) return y;
        if (detail::is_number(x)) return with_number(x, y);
        if (detail::is_number(y)) return with_number(y, x);
        if (const ref w = detail::without_sign(x)) return -(w * y);
        if (const ref w = detail::without_sign(y)) return -(x * w);
        return {};
    }

private:
    /// One number instead of two: c (d w) = (c d) w, c (w / d) = (c / d) w, c (d / w) = (c d) / w; d may be made of sizes.
    static constexpr ref with_number(const auto c, const auto x) {
        if (const ref w = detail::without_sign(x)) return w * -constant_value(*c);
        const double number = constant_value(*c);
        if (detail::is_made_by<multiply_op>(x) && (number >= 1 || number <= -1)) // else w d might overflow
            for (int k = 0; k < 2; ++k)
                if (detail::is_made_of_numbers(x.input(k)) && !detail::is_made_of_numbers(x.input(1 - k)))
                    return x.input(1 - k) * (x.input(k) * c);
        if (detail::is_made_by<reduce_sum_op>(x) && detail::is_short_sum(x.input(0))) return into_sum(x, constant_value(*c));
        const bool divides = detail::is_made_by<divide_op>(x);
        if (!divides && !detail::is_made_by<multiply_op>(x)) return {};
        for (int k = 0; k < 2; ++k) {
            if (!detail::is_number(x.input(k))) continue;
            const double d = constant_value(*x.input(k)), both = constant_value(*c) * (divides && k == 1 ? 1 / d : d);
            if (detail::keeps_digits(both)) return divides && k == 0 ? both / x.input(1) : x.input(1 - k) * both;
        }
        return {};
    }
    /// The same short sum with the number inside, on a factor that is data; or none.
    static constexpr ref into_sum(const auto sum, double number) {
        const node n = *sum;
        const ref scaled = detail::with_number_on_data(sum.input(0), number);
        return scaled ? sum.graph->add(*n.op, n, &scaled) : scaled;
    }
};

/// The product, also written `a * b`, element by element: a b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: b, a.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`).
inline constexpr op_function<multiply_op> multiply{};

} // namespace ctgrad
