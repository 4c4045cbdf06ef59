// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/fma.hpp>

#include <type_traits>

/// @file Sums and products with their rounding errors, after Dekker and Knuth.
///
/// No product here meets a sum except through fma(), so that a compiler that contracts changes nothing.
/// Reassociation (-ffast-math) would.

namespace ctgrad::simd::detail {

/// The unevaluated sum hi + lo, |lo| at most half a unit in the last place of hi.
template <class V>
struct double_word {
    V hi, lo;
};

/// a + b exactly, when |a| >= |b| or a is 0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr double_word<V> fast_two_sum(V a, V b) {
    const V s = a + b;
    return {s, b - (s - a)};
}

/// a + b exactly.
template <floating_lanes V>
[[gnu::always_inline]] constexpr double_word<V> two_sum(V a, V b) {
    const V s = a + b;
    const V t = s - a;
    return {s, (a - (s - t)) + (b - t)};
}

/// Whether fma() of this type rounds once here and now.
template <class V>
[[gnu::always_inline]] constexpr bool fused_now() {
    return fused_multiply_add && !(is_scalar<V> && std::is_constant_evaluated());
}

/// The upper half of the digits of x.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V upper_digits(V x) {
    constexpr int dropped = (format_of<V>::fraction_bits + 2) / 2;
    using integer = integer_t<element_t<V>>;
    return from_bits<V>(bits(x) & integer_t<V>(-(integer{1} << dropped)));
}

/// a * b exactly (to 2^-106 in double without fused multiplication), unless it overflows or the error
/// underflows.
template <floating_lanes V>
[[gnu::always_inline]] constexpr double_word<V> two_product(V a, V b) {
    const V p = a * b;
    if (fused_now<V>()) return {p, fma(a, b, -p)};
    const V a1 = upper_digits(a), a2 = a - a1;
    const V b1 = upper_digits(b), b2 = b - b1;
    return {p, (((a1 * b1 - p) + a1 * b2) + a2 * b1) + a2 * b2};
}

/// a * b + c, exactly where the result can be represented.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V exact_fma(V a, V b, V c) {
    if (fused_now<V>()) return fma(a, b, c);
    const double_word<V> p = two_product(a, b);
    return (c + p.hi) + p.lo;
}

/// a / (b.hi + b.lo) to little more than half an ulp: a quotient corrected by its remainder.
/// It takes -a, so that no sign has to change on the way from b to the result.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V precise_quotient(V minus_a, double_word<V> b) {
    const V minus_inverse = V(-1) / b.hi;
    const V quotient = minus_a * minus_inverse;
    const V minus_remainder = exact_fma(quotient, b.hi, minus_a);
    return fma(fma(quotient, b.lo, minus_remainder), minus_inverse, quotient);
}

} // namespace ctgrad::simd::detail
