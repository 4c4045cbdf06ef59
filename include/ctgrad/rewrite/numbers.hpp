// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a repeated operand names
#include <ctgrad/rewrite/rewrite.hpp>

#include <bit>
#include <cstdint>

/// @file Numbers that are factors.

namespace ctgrad::rewrites {

/// Whether a number may stand for two without losing digits to overflow or underflow.
constexpr bool keeps_digits(double number) {
    const double magnitude = number < 0 ? -number : number;
    return magnitude > 1e-30 && magnitude < 1e30;
}

constexpr bool is_moderate(double number) { return number < 1e150 && number > -1e150; }

/// a b, or 0 where that may not stand for both (nor be computed: a constant expression has no infinity).
constexpr double one_number(double a, double b) {
    const double both = is_moderate(a) && is_moderate(b) ? a * b : 0;
    return keeps_digits(both) ? both : 0;
}

constexpr bool is_at_least_one(double number) { return number >= 1 || number <= -1; }

constexpr bool is_power_of_two(double number) { return (std::bit_cast<std::uint64_t>(number) << 12) == 0; }

/// A number times `rest`.
struct numbered {
    double number = 1;
    ref rest{};
};

constexpr ref multiplied(auto x, double number) { return x * constant(*x.graph, number, x->type, x.shape()); }

/// The factor of product `x` that is a number, and the other one; no rest if there is none.
constexpr numbered number_in(auto x) {
    for (int k = 0; k < 2; ++k)
        if (is_number(x.input(k))) return {constant_value(*x.input(k)), x.input(1 - k)};
    return {};
}

/// `x` as a number times the rest, where its last operation is that product.
constexpr numbered split_number(auto x) {
    const auto parts = is_made_by<multiply_op>(x) ? number_in(x) : numbered{};
    return parts.rest ? parts : numbered{1, x};
}

} // namespace ctgrad::rewrites
