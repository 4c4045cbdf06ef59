// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/rewrite/factors.hpp>

/// @file Numbers in products that are summed: where they may leave, and when they belong to data.

namespace ctgrad::rewrites {

/// Whether `x` is data of the caller, perhaps times a number: there before anything else is computed.
constexpr bool is_data(auto x) {
    if (is_made_by<multiply_op>(x)) x = is_number(x.input(0)) ? x.input(1) : is_number(x.input(1)) ? x.input(0) : x;
    while (is_made_by<view_op>(x)) x = x.input(0);
    return x->op->kind == op_kind::leaf && !x->op->is_parameter;
}

/// Whether a sum over all of `x` is so short that what counts is how long its result takes, and not how many
/// operations it has: then a number belongs to a factor that is data, and nothing waits for it.
constexpr bool is_short_sum(auto x) { return x.shape().is_static() && x.shape().static_size() <= 4; }

/// The product `x` with `number` times the factor that is data; or none. A number so near 1 takes digits from data below 3e-36 only.
constexpr ref with_number_on_data(auto x, double number) {
    const double magnitude = number < 0 ? -number : number;
    if (!is_made_by<multiply_op>(x) || magnitude < 0x1p-8 || magnitude > 1) return {};
    for (int k = 0; k < 2; ++k) {
        const auto data = x.input(k), other = x.input(1 - k);
        if (!is_data(data) || is_number(other)) continue;
        const auto c = constant(*x.graph, number, x->type, x.shape());
        return data * c * other;
    }
    return {};
}

/// What `taken_out` leaves of the only branch of choice `x` that is not 0; no rest if there is none.
template <class TakeOut>
constexpr numbered out_of_branch(auto x, const TakeOut& taken_out) {
    const op_info& choice = *x->op;
    ref in[] = {x.input(0), x.input(1), x.input(2)};
    for (int k = 1; k <= 2; ++k) {
        if (!is_constant(in[3 - k], 0)) continue;
        const auto chosen = taken_out(in[k]);
        if (!chosen.rest) continue;
        in[k] = chosen.rest;
        return {chosen.number, x.graph->add(choice, attributes{}, in)};
    }
    return {};
}

/// `x` without a number that is a factor of it and not next to data, wherever that stands in its products; no rest if there is none.
constexpr numbered without_number(auto x, int depth = 4) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    const auto a = x.input(0);
    if (is_made_by<multiply_op>(x)) {
        const auto b = x.input(1);
        if (is_number(a)) return is_data(b) ? numbered{} : numbered{constant_value(*a), b};
        if (is_number(b)) return is_data(a) ? numbered{} : numbered{constant_value(*b), a};
        const auto left = without_number(a, depth - 1);
        if (left.rest) return {left.number, left.rest * b};
        const auto right = without_number(b, depth - 1);
        if (right.rest) return {right.number, a * right.rest};
    } else if (is_made_by<divide_op>(x)) {
        const auto above = without_number(a, depth - 1);
        if (above.rest) return {above.number, above.rest / x.input(1)};
    } else if (is_made_by<view_op>(x)) {
        const auto inner = without_number(a, depth - 1);
        if (inner.rest) return {inner.number, apply<view_op>(n, inner.rest)};
    } else if (n.op->selects) {
        return out_of_branch(x, [depth](auto branch) { return without_number(branch, depth - 1); });
    }
    return {};
}

/// The number that the product `x` ends with, also behind a view or in the only branch of a choice, and the rest; no rest if
/// there is none.
constexpr numbered without_last_number(auto x, int depth = 4) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    if (is_made_by<multiply_op>(x)) return number_in(x);
    if (is_made_by<view_op>(x)) {
        const auto inner = without_last_number(x.input(0), depth - 1);
        if (inner.rest) return {inner.number, apply<view_op>(n, inner.rest)};
    } else if (n.op->selects) {
        return out_of_branch(x, [depth](auto branch) { return without_last_number(branch, depth - 1); });
    }
    return {};
}

} // namespace ctgrad::rewrites
