// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/annihilating_multiply.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/rewrite/data.hpp>

/// @file Of products and quotients of two.

namespace ctgrad::rewrites {

constexpr ref times_one(const auto& at) {
    if (is_constant(at.x(0), 1)) return at.x(1);
    return is_constant(at.x(1), 1) ? at.x(0) : ref{};
}
constexpr ref times_minus_one(const auto& at) {
    if (is_constant(at.x(0), -1)) return -at.x(1);
    return is_constant(at.x(1), -1) ? -at.x(0) : ref{};
}
constexpr ref times_zero(const auto& at) {
    for (int k = 0; k < 2; ++k)
        if (is_constant(at.x(k), 0) && is_always_finite(at.x(1 - k))) return at.x(k);
    return {};
}

/// A product with a number c: what c multiplies; else none. (Of two numbers the product is a number.)
struct with_number {
    ref c{}, rest{};

    constexpr double value() const { return constant_value(*c); }
};
constexpr with_number with_number_in(const auto& at) {
    for (int k = 0; k < 2; ++k)
        if (is_number(at.x(k))) return {at.x(k), at.x(1 - k)};
    return {};
}

constexpr ref number_times_negative(const auto& at) {
    const auto it = with_number_in(at);
    const auto w = it.rest ? without_sign(it.rest) : ref{};
    return w ? w * -it.value() : w;
}
/// Sizes, as 1/N, and numbers are one factor. Unless c is at least 1 w d might overflow.
constexpr ref number_times_sizes(const auto& at) {
    const auto it = with_number_in(at);
    if (!it.rest || !is_made_by<multiply_op>(it.rest) || !is_at_least_one(it.value())) return {};
    for (int k = 0; k < 2; ++k) {
        const auto d = it.rest.input(k), w = it.rest.input(1 - k);
        if (detail::is_made_of_numbers(d) && !detail::is_made_of_numbers(w)) return w * (d * it.c);
    }
    return {};
}
/// The same short sum with the number inside, on a factor that is data.
constexpr ref number_times_short_sum(const auto& at) {
    const auto it = with_number_in(at);
    if (!it.rest || !is_made_by<reduce_sum_op>(it.rest) || !is_short_sum(it.rest.input(0))) return {};
    const node total = *it.rest;
    const auto scaled = with_number_on_data(it.rest.input(0), it.value());
    return scaled ? at.graph->add(*total.op, total, &scaled) : scaled;
}
constexpr ref number_times_multiple(const auto& at) {
    const auto it = with_number_in(at);
    if (!it.rest || !is_made_by<multiply_op>(it.rest)) return {};
    const auto parts = number_in(it.rest);
    if (!parts.rest) return {};
    const double both = one_number(it.value(), parts.number);
    return both != 0 ? parts.rest * both : ref{};
}
constexpr ref number_times_quotient(const auto& at) {
    const auto it = with_number_in(at);
    if (!it.rest || !is_made_by<divide_op>(it.rest)) return {};
    const auto above = it.rest.input(0), below = it.rest.input(1);
    if (is_number(above)) {
        const double both = one_number(it.value(), constant_value(*above));
        return both != 0 ? both / below : ref{};
    }
    const double d = is_number(below) ? constant_value(*below) : 0;
    if (!(d > 1e-150 || d < -1e-150)) return {};
    const double both = one_number(it.value(), 1 / d);
    return both != 0 ? above * both : ref{};
}
constexpr ref times_negative(const auto& at) {
    const auto x = at.x(0), y = at.x(1);
    if (const auto w = without_sign(x)) return -(w * y);
    const auto w = without_sign(y);
    return w ? -(x * w) : w;
}

constexpr ref over_one(const auto& at) { return is_constant(at.x(1), 1) ? at.x(0) : ref{}; }
constexpr ref over_power_of_two(const auto& at) {
    if (!is_number(at.x(1))) return {};
    const double d = constant_value(*at.x(1));
    return keeps_digits(d) && is_power_of_two(d) ? at.x(0) * (1 / d) : ref{};
}
constexpr ref multiple_over_number(const auto& at) {
    if (!is_number(at.x(1)) || !is_made_by<multiply_op>(at.x(0))) return {};
    const double d = constant_value(*at.x(1));
    const auto parts = number_in(at.x(0));
    if (!keeps_digits(d) || !parts.rest || !is_moderate(parts.number)) return {};
    const double both = parts.number / d;
    return keeps_digits(both) ? parts.rest * both : ref{};
}
constexpr ref negative_over(const auto& at) {
    const auto w = without_sign(at.x(0));
    return w ? -(w / at.x(1)) : w;
}
constexpr ref over_negative(const auto& at) {
    const auto w = without_sign(at.x(1));
    return w ? -(at.x(0) / w) : w;
}

constexpr ref hidden_by_zero(const auto& at) { return is_constant(at.x(1), 0) ? at.x(1) : ref{}; }
constexpr ref nothing_to_hide(const auto& at) { return is_number(at.x(1)) || is_always_finite(at.x(0)) ? at.x(0) * at.x(1) : ref{}; }
constexpr ref hides_negative(const auto& at) {
    const auto w = without_sign(at.x(0));
    return w ? -apply<multiply_no_nan_op>(attributes{}, w, at.x(1)) : w;
}
constexpr ref negative_hides(const auto& at) {
    const auto w = without_sign(at.x(1));
    return w ? -apply<multiply_no_nan_op>(attributes{}, at.x(0), w) : w;
}

constexpr ref annihilated(const auto& at) {
    if (is_constant(at.x(0), 0)) return at.x(0);
    return is_constant(at.x(1), 0) ? at.x(1) : ref{};
}
/// A factor is never 0, wherever there are elements, or both are finite.
constexpr ref nothing_to_annihilate(const auto& at) {
    const auto x = at.x(0), y = at.x(1);
    for (const auto factor : {x, y})
        if (detail::is_never_zero(factor) && (is_number(factor) || factor.shape().rank > 0)) return x * y;
    return is_always_finite(x) && is_always_finite(y) ? x * y : ref{};
}

} // namespace ctgrad::rewrites
