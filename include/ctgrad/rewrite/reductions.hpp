// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/rewrite/data.hpp>

/// @file Of reductions, sums above all.

namespace ctgrad::rewrites {

/// The reduction of `at` along the axes of `asked` of another tensor.
constexpr ref same_reduction(const auto& at, const attributes& asked, auto x) { return at.graph->add(*at.draft.op, asked, &x); }

constexpr ref along_no_axis(const auto& at) { return reduced_axes(at.draft).bits == 0 ? at.x() : ref{}; }

/// An axis of extent 1 is only dropped.
constexpr ref along_axes_of_one(const auto& at) {
    const auto x = at.x();
    const axis_mask axes = reduced_axes(at.draft);
    const tensor_shape shape = x.shape();
    attributes squeezed, rest;
    for (int k = 0; k < shape.rank; ++k) {
        if (axes.has(k) && shape[k].is_one()) continue;
        if (axes.has(k)) rest.numbers[0] |= 1 << squeezed.shape.rank;
        squeezed.numbers[squeezed.shape.rank] = k;
        squeezed.shape.append(shape[k]);
    }
    return squeezed.shape.rank < shape.rank ? same_reduction(at, rest, apply<view_op>(squeezed, x)) : ref{};
}

/// Of ops that may combine in any order.
constexpr ref reduction_of_reduction(const auto& at) {
    const auto x = at.x();
    if (!(*x->op == *at.draft.op)) return {};
    const axis_mask axes = reduced_axes(at.draft), before = reduced_axes(*x);
    attributes both;
    both.numbers[0] = x->numbers[0];
    for (int k = 0, next = 0; k < x.input(0).shape().rank; ++k)
        if (!before.has(k) && axes.has(next++)) both.numbers[0] |= 1 << k;
    return same_reduction(at, both, x.input(0));
}

/// Means of means. What is bounded keeps its number outside.
constexpr ref sum_of_scaled_sums(const auto& at) {
    const auto x = at.x();
    const bool divides = is_made_by<divide_op>(x);
    if (!divides && !is_made_by<multiply_op>(x)) return {};
    for (int k = 0; k < (divides ? 1 : 2); ++k) {
        const auto inner = x.input(k), factor = x.input(1 - k);
        if (!is_made_by<reduce_sum_op>(inner) || !is_number(factor)) continue;
        const double number = constant_value(*factor);
        if (detail::is_bounded(inner.input(0)) || !(divides ? is_at_least_one(number) : number <= 1 && number >= -1)) return {};
        const double c = divides ? 1 / number : number;
        if (!keeps_digits(c)) return {};
        const attributes along = *inner;
        return apply<reduce_sum_op>(at.attrs(), apply<reduce_sum_op>(along, inner.input(0) * c));
    }
    return {};
}

/// A repeated axis only multiplies.
constexpr ref sum_of_equals(const auto& at) {
    const auto x = at.x();
    const axis_mask axes = reduced_axes(at.draft);
    const tensor_shape shape = x.shape();
    axis_mask repeated, others;
    attributes kept; // x without its repeated axes
    for (int k = 0, next = 0; k < shape.rank; ++k) {
        if (axes.has(k) && is_constant_along(x, axis_mask{1u << k})) {
            repeated.bits |= 1u << k;
            continue;
        }
        if (axes.has(k)) others.bits |= 1u << next;
        kept.numbers[next++] = k;
        kept.shape.append(shape[k]);
    }
    if (repeated.bits == 0) return {};
    attributes rest;
    rest.numbers[0] = static_cast<std::int32_t>(others.bits);
    const auto once = apply<view_op>(kept, x);
    const auto count = element_count(*at.graph, at.draft.type, shape, repeated);
    const auto total = apply<reduce_sum_op>(rest, once);
    if (is_constant(count, 0)) return constant(*at.graph, 0, at.draft.type, at.draft.shape);
    return is_number(count) ? total * count : apply<multiply_no_nan_op>(attributes{}, total, count); // of nothing it is 0
}

constexpr ref sum_of_negatives(const auto& at) {
    const auto w = without_sign(at.x());
    return w ? -apply<reduce_sum_op>(at.attrs(), w) : w;
}

constexpr ref short_sum_of_multiples(const auto& at) {
    const auto x = at.x();
    if (!is_short_sum(x)) return {};
    const auto parts = without_number(x);
    const auto scaled = parts.rest ? with_number_on_data(parts.rest, parts.number) : ref{};
    return scaled && !(scaled == x) ? apply<reduce_sum_op>(at.attrs(), scaled) : ref{};
}

/// Only a number that is multiplied last leaves, and of at least 1 if x has no bounds: else sums or products might leave the range.
constexpr ref sum_of_multiples_of_number(const auto& at) {
    const auto parts = without_last_number(at.x());
    if (!parts.rest || !(is_at_least_one(parts.number) || detail::is_bounded(parts.rest))) return {};
    return apply<reduce_sum_op>(at.attrs(), parts.rest) * parts.number;
}

} // namespace ctgrad::rewrites
