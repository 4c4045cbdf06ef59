// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/rewrite/factors.hpp>

/// @file Of negatives.

namespace ctgrad::rewrites {

constexpr ref negative_of_negative(const auto& at) { return is_made_by<negative_op>(at.x()) ? at.x().input(0) : ref{}; }

constexpr ref negative_of_difference(const auto& at) {
    const auto x = at.x();
    return is_made_by<subtract_op>(x) ? x.input(1) - x.input(0) : ref{};
}

constexpr ref negative_of_reciprocal(const auto& at) {
    const auto x = at.x();
    return is_made_by<divide_op>(x) && is_number(x.input(0)) ? -constant_value(*x.input(0)) / x.input(1) : ref{};
}

/// The negative of product `x` with the sign in a factor of its own that is a number, or a size if those are asked for; or none.
constexpr ref negative_in_own_number(auto x, bool in_sizes) {
    for (int k = 0; k < 2; ++k) {
        const auto factor = x.input(k), other = x.input(1 - k);
        if (!(in_sizes ? detail::is_made_of_numbers(factor) : is_number(factor)) || detail::is_made_of_numbers(other)) continue;
        const auto number = -factor;
        if (!without_sign(number)) return other * number; // a size has no sign of its own
    }
    return {};
}

/// The negative of the product `x`, with the sign in one of its numbers; or none. A product that hides zeros has no other
/// place for it: there sizes count as numbers.
constexpr ref negative_in_number(auto x, int depth, bool in_sizes = false) {
    if (depth == 0) return {};
    const bool hides = is_made_by<multiply_no_nan_op>(x);
    if (!hides && !is_made_by<multiply_op>(x)) return {};
    if (!hides)
        if (const auto own = negative_in_own_number(x, in_sizes)) return own;
    for (int k = 0; k < 2; ++k) {
        const auto other = x.input(1 - k);
        const auto factor = negative_in_number(x.input(k), depth - 1, hides || in_sizes);
        if (!factor) continue;
        if (!hides) return factor * other;
        return k == 0 ? apply<multiply_no_nan_op>(attributes{}, factor, other) : apply<multiply_no_nan_op>(attributes{}, other, factor);
    }
    return {};
}
constexpr ref negative_of_multiple(const auto& at) { return negative_in_number(at.x(), 4); }

} // namespace ctgrad::rewrites
