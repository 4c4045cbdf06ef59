// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/exponent.hpp>
#include <ctgrad/simd/fma.hpp>

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
    static constexpr float highest = 89.0f, highest_finite = 0x1.62e42ep+6f, lowest = -104.0f,
                           lowest_minus_1 = -18.0f;
};
template <>
struct exp_range<double> {
    static constexpr double highest = 710.0, highest_finite = 0x1.62e42fefa39efp+9, lowest = -746.0,
                            lowest_minus_1 = -38.0;
};

/// e^x = 2^n (1 + p), n integral.
template <class V>
struct exp_parts {
    V n, p;
};

/// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2. Coefficients: Remez exchange, relative error of
/// e^r - 1 below 2^-29 and 2^-60.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V exp_tail(V r) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(r, 0.000199088594f, 0.00139338896f, 0.00833328348f, 0.041666463f, 0.166666672f,
                          0.5f);
    else
        return polynomial(r, 2.0921823750907273e-9, 2.5105491410746095e-8, 2.7557252215285976e-7,
                          2.7557254739017696e-6, 2.480158734806591e-5, 0.00019841269875343399,
                          0.001388888888887409, 0.0083333333333259849, 0.041666666666666685,
                          0.16666666666666671, 0.5);
}

/// n = round(x / ln 2) and p = e^(x - n ln 2) - 1, for x in exp_range. Precise keeps what r rounds off:
/// a tenth slower, and in double the difference between 1.6 and 1.9 ulp of what is made of it.
template <bool Precise = false, FloatingLanes V>
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

} // namespace detail

/// e^x. 0 and infinity beyond the range, subnormal results rounded once.
/// Accuracy: 0.97 ulp in float, 0.99 in double. By 2^n e^r with |r| <= ln 2 / 2 and a polynomial.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V exp(V x) {
    using range = detail::exp_range<element_t<V>>;
    const auto parts = detail::split_exp(detail::at_least(detail::at_most(x, range::highest), range::lowest));
    return detail::scale(V(1) + parts.p, parts.n);
}

/// e^x - 1, exact in the limit x -> 0. Accuracy: 1.6 ulp in float and double. As 2^n (e^r - 1) + (2^n - 1).
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V expm1(V x) {
    using T = element_t<V>;
    using range = detail::exp_range<T>;
    const auto [n, p] = detail::split_exp<sizeof(T) == 8>(
        detail::at_least(detail::at_most(x, range::highest_finite), range::lowest_minus_1));
    // Half of the result, as 2^n may be out of range.
    const V power = detail::power_of_two(n - V(1));
    const V half = fma(power, p, power - V(T(0.5)));
    // Near 0 the polynomial is the result, and x itself where it would lose the sign of 0 or digits.
    const V inside = select(abs(x) < V(T(0x1p-60)), x, select(n == V(0), p, half + half));
    return select(x > V(range::highest_finite), V(detail::format<T>::infinity), inside);
}

} // namespace ctgrad::simd
