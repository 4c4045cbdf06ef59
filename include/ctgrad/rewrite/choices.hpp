// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/rewrite/factors.hpp>

/// @file Of `where` and of masks.

namespace ctgrad::rewrites {

constexpr ref choice_of_equals(const auto& at) { return at.x(1) == at.x(2) ? at.x(1) : ref{}; }

constexpr ref known_choice(const auto& at) {
    if (is_constant(at.x(0), 1)) return at.x(1);
    return is_constant(at.x(0), 0) ? at.x(2) : ref{};
}

constexpr ref choice_of_negative(const auto& at) {
    const auto condition = at.x(0), x = at.x(1), y = at.x(2);
    if (is_constant(y, 0))
        if (const auto w = without_sign(x)) return -apply<where_op>(attributes{}, condition, w, y);
    if (is_constant(x, 0))
        if (const auto w = without_sign(y)) return -apply<where_op>(attributes{}, condition, x, w);
    return {};
}

/// The derivative of Huber's loss, without mask and sign.
constexpr ref choice_that_clips(const auto& at) {
    const auto condition = at.x(0);
    if (!is_made_by<less_equal_op>(condition)) return {};
    const auto size = condition.input(0), bound = condition.input(1);
    if (!is_made_by<abs_op>(size) || !is_number(bound)) return {};
    const auto x = size.input(0);
    const double c = constant_value(*bound);
    const auto small = split_number(at.x(1)), large = split_number(at.x(2));
    const bool same = small.rest == x && is_made_by<sign_op>(large.rest) && large.rest.input(0) == x;
    if (!same || !(c > 0) || rounded(x->type, small.number * c) != rounded(x->type, large.number)) return {};
    const auto low = constant(*x.graph, -c, x->type, x.shape());
    const auto clipped = apply<minimum_op>(attributes{}, apply<maximum_op>(attributes{}, x, low), bound);
    return multiplied(clipped, small.number);
}

constexpr ref choice_of_multiples(const auto& at) {
    const auto condition = at.x(0);
    const auto chosen = [condition](auto a, auto b) { return apply<where_op>(attributes{}, condition, a, b); };
    return factored(at.x(1), at.x(2), chosen, is_shared_factor<ref>);
}

constexpr ref not_not(const auto& at) { return is_made_by<logical_not_op>(at.x()) ? at.x().input(0) : ref{}; }

} // namespace ctgrad::rewrites
