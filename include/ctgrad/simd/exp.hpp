// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/detail/lookup.hpp>
#include <ctgrad/simd/exponent.hpp>
#include <ctgrad/simd/fma.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad::simd {

namespace detail {

/// ln 2 in two parts, the first short enough that its products with exponents are exact.
template <class T>
struct ln_2;
template <>
struct ln_2<float> {
    static constexpr float high = 0x1.62ep-1f, low = 0x1.0bfbe8p-15f;
};
template <>
struct ln_2<double> {
    static constexpr double high = 0x1.62e42fefa38p-1, low = 0x1.ef35793c7673p-45;
};

/// Beyond these, e^x is infinite (twice), 0, and e^x - 1 is -1.
template <class T>
struct exp_range;
template <>
struct exp_range<float> {
    static constexpr float highest = 89.0f, highest_finite = 0x1.62e42ep+6f, lowest = -104.0f, lowest_minus_1 = -18.0f;
};
template <>
struct exp_range<double> {
    static constexpr double highest = 710.0, highest_finite = 0x1.62e42fefa39efp+9, lowest = -746.0, lowest_minus_1 = -38.0;
};

/// e^x = 2^n (1 + p), n integral.
template <class V>
struct exp_parts {
    V n, p;
};

/// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2. Coefficients: Remez exchange, relative error of
/// e^r - 1 below 2^-29 and 2^-60.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V exp_tail(V r) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(r, 0.000199088594f, 0.00139338896f, 0.00833328348f, 0.041666463f, 0.166666672f, 0.5f);
    else
        return polynomial(r, 2.0921823750907273e-9, 2.5105491410746095e-8, 2.7557252215285976e-7, 2.7557254739017696e-6,
                          2.480158734806591e-5, 0.00019841269875343399, 0.001388888888887409, 0.0083333333333259849, 0.041666666666666685,
                          0.16666666666666671, 0.5);
}

/// n = round(x / ln 2) and p = e^(x - n ln 2) - 1, for x in exp_range. Precise keeps what r rounds off:
/// a tenth slower, and in double the difference between 1.6 and 1.9 ulp of what is made of it.
template <bool Precise = false, floating_lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> split_exp(V x) {
    using T = element_t<V>;
    const V shift = format_of<V>::to_integer;
    const V n = fma(x, V(T(1.4426950408889634)), shift) - shift;
    const V first = fma(n, V(-ln_2<T>::high), x); // exact
    const V r = fma(n, V(-ln_2<T>::low), first);
    if constexpr (Precise)
        return {n, r + fma(r * r, exp_tail(r), fma(n, V(-ln_2<T>::low), first - r))};
    else
        return {n, fma(r * r, exp_tail(r), r)};
}

/// 2^(d + i/16), with d = 0.00027428442 chosen so that all are almost floats, the first most of all.
alignas(64) inline constexpr float shifted_powers[16]{
    0x1.000c76p+0f, 0x1.0b628ap+0f, 0x1.17391ap+0f, 0x1.2395d8p+0f, 0x1.307eb2p+0f, 0x1.3df9dep+0f, 0x1.4c0dd6p+0f, 0x1.5ac15ep+0f,
    0x1.6a1b86p+0f, 0x1.7a23aep+0f, 0x1.8ae18cp+0f, 0x1.9c5d2ap+0f, 0x1.ae9eeep+0f, 0x1.c1afap+0f,  0x1.d59868p+0f, 0x1.ea62d8p+0f};

/// e^x in float for x in exp_range: 2^(n + d) e^s with n in sixteenths and a polynomial for e^s / 2^d - 1,
/// |s| <= ln 2 / 32.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V exp_by_table(V x) {
    const V shift = format<float>::to_integer / 16;
    const V sum = fma(x, V(1.44269504f), shift);
    const V n = sum - shift;
    const V s = fma(n, V(-ln_2<float>::low), fma(n, V(-ln_2<float>::high), x));
    const V p = fma(s, fma(s, fma(s, V(0.166638892f), V(0.499924496f)), V(0.999809898f)), V(-0.000190102f));
    const V power = lookup<V>(shifted_powers, bits(sum)); // the last four bits are those of n
    const V result = fma(power, p, power);
    if constexpr (has_exponent_instructions<V>)
        return scale(result, n); // the instruction rounds n down
    else
        return scale(result, floor(n));
}

} // namespace detail

/// e^x. 0 and infinity beyond the range, subnormal results rounded once. Accuracy: 0.97 ulp in float
/// (0.85 with AVX-512, by a table), 0.99 in double. By 2^n e^r with |r| <= ln 2 / 2 and a polynomial.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V exp(V x) {
    using range = detail::exp_range<element_t<V>>;
    const V bounded = detail::at_least(detail::at_most(x, range::highest), range::lowest);
    if constexpr (detail::has_lookup<element_t<V>>) {
        return detail::exp_by_table(bounded);
    } else {
        const auto parts = detail::split_exp(bounded);
        return detail::scale(V(1) + parts.p, parts.n);
    }
}

/// e^x - 1, exact in the limit x -> 0. Accuracy: 1.6 ulp in float and double. As 2^n (e^r - 1) + (2^n - 1).
template <floating_lanes V>
[[gnu::always_inline]] constexpr V expm1(V x) {
    using T = element_t<V>;
    using range = detail::exp_range<T>;
    const auto [n, p] =
        detail::split_exp < sizeof(T) == 8 > (detail::at_least(detail::at_most(x, range::highest_finite), range::lowest_minus_1));
    // Half of the result, as 2^n may be out of range.
    const V power = detail::power_of_two(n - V(1));
    const V half = fma(power, p, power - V(T(0.5)));
    // Near 0 the polynomial is the result, and x itself where it would lose the sign of 0 or digits.
    const V inside = select(abs(x) < V(T(0x1p-60)), x, select(n == V(0), p, half + half));
    return select(x > V(range::highest_finite), V(detail::format<T>::infinity), inside);
}

} // namespace ctgrad::simd
