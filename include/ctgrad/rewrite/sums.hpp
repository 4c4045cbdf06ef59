// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/rewrite/factors.hpp>

/// @file Of sums and differences of two.

namespace ctgrad::rewrites {

/// Else a + b might overflow where a s + b s does not.
constexpr bool may_leave_sum(auto factor) { return is_number(factor) && is_at_least_one(constant_value(*factor)); }

constexpr ref plus_zero(const auto& at) {
    if (is_constant(at.x(0), 0)) return at.x(1);
    return is_constant(at.x(1), 0) ? at.x(0) : ref{};
}
constexpr ref plus_negative(const auto& at) {
    const auto x = at.x(0), y = at.x(1);
    if (is_made_by<negative_op>(y)) return x - y.input(0);
    return is_made_by<negative_op>(x) ? y - x.input(0) : ref{};
}
constexpr ref sum_of_multiples(const auto& at) {
    return factored(at.x(0), at.x(1), [](auto a, auto b) { return a + b; }, may_leave_sum<ref>);
}

constexpr ref minus_zero(const auto& at) { return is_constant(at.x(1), 0) ? at.x(0) : ref{}; }
constexpr ref zero_minus(const auto& at) { return is_constant(at.x(0), 0) ? -at.x(1) : ref{}; }
constexpr ref minus_negative(const auto& at) { return is_made_by<negative_op>(at.x(1)) ? at.x(0) + at.x(1).input(0) : ref{}; }
constexpr ref negative_minus(const auto& at) { return is_made_by<negative_op>(at.x(0)) ? -(at.x(0).input(0) + at.x(1)) : ref{}; }
constexpr ref difference_of_multiples(const auto& at) {
    return factored(at.x(0), at.x(1), [](auto a, auto b) { return a - b; }, may_leave_sum<ref>);
}

} // namespace ctgrad::rewrites
