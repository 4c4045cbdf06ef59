// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/shift_below.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/rewrite/factors.hpp>

#include <limits>

/// @file Logarithms of what may overflow, underflow or lose its digits on the way, without it; and powers.

namespace ctgrad::rewrites {

constexpr ref softplus_of(auto x) { return apply<softplus_op>(attributes{}, x); }
constexpr ref log_of(auto x) { return apply<log_op>(attributes{}, x); }

constexpr ref log_of_exp(const auto& at) { return is_made_by<exp_op>(at.x()) ? at.x().input(0) : ref{}; }

constexpr ref log_of_sigmoid(const auto& at) { return is_made_by<sigmoid_op>(at.x()) ? -softplus_of(-at.x().input(0)) : ref{}; }

constexpr ref log_of_one_minus_sigmoid(const auto& at) {
    const auto x = at.x();
    const bool fits = is_made_by<subtract_op>(x) && is_constant(x.input(0), 1) && is_made_by<sigmoid_op>(x.input(1));
    return fits ? -softplus_of(x.input(1).input(0)) : ref{};
}

/// Whether `x`, perhaps repeated, is a sum of the elements of `terms`.
constexpr bool sums(auto x, auto terms) {
    while (is_made_by<view_op>(x)) x = x.input(0);
    return is_made_by<reduce_sum_op>(x) && x.input(0) == terms;
}

/// Whether its largest element has been subtracted to make `z`, as softmax does: something without slope, or a maximum.
constexpr bool is_shifted(auto z) {
    if (!is_made_by<subtract_op>(z)) return false;
    auto shift = z.input(1);
    while (is_made_by<view_op>(shift)) shift = shift.input(0);
    return is_made_by<stop_gradient_op>(shift) || is_made_by<reduce_max_op>(shift);
}

/// z - ln of the sum of e^z, where `total` shows that sum, with the largest element of z taken out first.
constexpr ref minus_log_of_sum(auto z, auto total) {
    list<attributes> views; // from the sum itself outwards
    while (is_made_by<view_op>(total)) {
        views.push_back(*total);
        total = total.input(0);
    }
    const attributes along = *total;
    const auto shown = [&views](auto x) {
        for (int i = views.size() - 1; i >= 0; --i) x = apply<view_op>(views[i], x);
        return x;
    };
    attributes asked;
    asked.numbers[0] = along.numbers[0];
    const auto largest = apply<stop_gradient_op>(attributes{}, apply<reduce_max_op>(asked, z));
    const auto shifted = z - shown(largest);
    const auto powers = apply<reduce_sum_op>(asked, apply<exp_op>(attributes{}, shifted));
    return shifted - log_of(shown(powers));
}

constexpr ref log_of_softmax(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<divide_op>(x) || !is_made_by<exp_op>(x.input(0)) || !sums(x.input(1), x.input(0))) return {};
    const auto z = x.input(0).input(0);
    return is_shifted(z) ? z - log_of(x.input(1)) : minus_log_of_sum(z, x.input(1));
}

/// m + ln of the sum of e^(z - m), with m the largest element, as `reduce_logsumexp` is computed.
constexpr ref log_of_sum_of_exp(const auto& at) {
    const auto sum = at.x();
    if (!is_made_by<reduce_sum_op>(sum) || !is_made_by<exp_op>(sum.input(0))) return {};
    const auto z = sum.input(0).input(0);
    if (is_shifted(z) || is_made_by<shift_below_op>(z)) return {};
    attributes along, as_number;
    along.numbers[0] = sum->numbers[0];
    as_number.type = z->type;
    const auto largest = apply<stop_gradient_op>(attributes{}, apply<reduce_max_op>(along, z));
    const auto number = [&largest](double x) { return constant(*largest.graph, x, largest->type, largest.shape()); };
    const auto all_minus_infinity = apply<equal_op>(attributes{}, largest, number(-std::numeric_limits<double>::infinity()));
    const auto finite = apply<where_op>(attributes{}, all_minus_infinity, number(0), largest);
    const auto shifted = apply<shift_below_op>(attributes{}, z, spread(finite, z.shape(), reduced_axes(along)));
    const auto powers = apply<reduce_sum_op>(along, apply<exp_op>(attributes{}, shifted));
    const auto all_lost = apply<cast_op>(as_number, apply<equal_op>(attributes{}, powers, number(0)));
    return log_of(powers + all_lost) + largest;
}

constexpr ref power_of_zero(const auto& at) {
    return is_constant(at.x(1), 0) ? constant(*at.graph, 1.0, at.draft.type, at.draft.shape) : ref{};
}
constexpr ref first_power(const auto& at) { return is_constant(at.x(1), 1) ? at.x(0) : ref{}; }
constexpr ref second_power(const auto& at) { return is_constant(at.x(1), 2) ? apply<square_op>(attributes{}, at.x(0)) : ref{}; }

} // namespace ctgrad::rewrites
