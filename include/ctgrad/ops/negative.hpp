// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/graph/value_facts.hpp>
#include <ctgrad/ops/detail/factors.hpp>

namespace ctgrad {

struct subtract_op;

struct negative_op : elementwise_op<1> {
    static constexpr std::string_view name = "negative";
    static constexpr bool is_arithmetic = true;

    static constexpr auto evaluate(auto x) { return -x; }
    static constexpr ref derivative(const auto& at) { return -at.dy; }
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x();
        if (*x->op == *at.draft.op) return x.input(0);
        if (detail::is_made_by<subtract_op>(x)) return x.input(1) - x.input(0);
        if (detail::is_made_by<divide_op>(x) && detail::is_number(x.input(0))) return -constant_value(*x.input(0)) / x.input(1);
        return in_number(x, 4);
    }

private:
    /// The negative of the product `x`, with the sign in one of its numbers; or none. A product that hides zeros has no other
    /// place for it: there sizes count as numbers.
    static constexpr ref in_number(const auto x, int depth, bool in_sizes = false) {
        if (depth == 0) return {};
        const bool hides = detail::is_made_by<multiply_no_nan_op>(x);
        if (!hides && !detail::is_made_by<multiply_op>(x)) return {};
        for (int k = 0; k < 2; ++k) {
            const bool takes = in_sizes ? detail::is_made_of_numbers(x.input(k)) : detail::is_number(x.input(k));
            if (hides || !takes || detail::is_made_of_numbers(x.input(1 - k))) continue;
            const auto other = x.input(1 - k), number = -x.input(k);
            if (!detail::without_sign(number)) return other * number; // a size has no sign of its own
        }
        for (int k = 0; k < 2; ++k) {
            const auto other = x.input(1 - k);
            const auto factor = in_number(x.input(k), depth - 1, hides || in_sizes);
            if (!factor) continue;
            if (!hides) return factor * other;
            return k == 0 ? apply<multiply_no_nan_op>(attributes{}, factor, other) : apply<multiply_no_nan_op>(attributes{}, other, factor);
        }
        return {};
    }
};

/// The negative, also written `-x`, element by element: -x.
/// @returns the shape and dtype of `x`. Derivative: -1.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`).
inline constexpr op_function<negative_op> negative{};

} // namespace ctgrad

// The rules of these name each other, so all are complete before one is used.
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/subtract.hpp>
