// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/exp.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad::simd {

namespace detail {

/// 2/3 and ln 2 to twice the precision.
template <class T>
struct double_word_constants;
template <>
struct double_word_constants<float> {
    static constexpr double_word<float> two_thirds{0x1.555556p-1f, -0x1.555556p-26f};
    static constexpr float ln_2_rest = 0x1.cf79acp-40f;
};
template <>
struct double_word_constants<double> {
    static constexpr double_word<double> two_thirds{0x1.5555555555555p-1, 0x1.5555555555555p-55};
    static constexpr double ln_2_rest = 0x1.f97b57a079a19p-103;
};

/// (artanh(s) / s - 1 - z/3) 2 / z^2 in z = s^2 <= 1/25. Coefficients: Remez exchange.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V precise_log_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 0.238721013f, 0.285256445f, 0.40000391f);
    else
        return polynomial(z, 0.12571631978974154, 0.115923308647556, 0.13341145966051218, 0.15384406609374693, 0.18181821526622319,
                          0.22222222191243174, 0.28571428571577334, 0.39999999999999725);
}

/// ln x to about 10 bits more than V holds, for finite x > 0.
/// 2 artanh(s) = 2 s + s^3 (2/3 + z tail(z)) with s = (m - 1) / (m + 1) and what multiplies z in one word.
template <floating_lanes V>
[[gnu::always_inline]] constexpr double_word<V> precise_log(V x) {
    using T = element_t<V>;
    using constants = double_word_constants<T>;
    const auto [m, k] = decompose(x);
    const V f = m - V(1);
    const double_word<V> divisor = two_sum(m, V(1));
    const V inverse = V(1) / divisor.hi;
    const V s = f * inverse;
    const V s_rest = fma(-s, divisor.lo, exact_fma(-s, divisor.hi, f)) * inverse;

    const double_word<V> square = two_product(s, s);
    const V z = square.hi, z_rest = fma(s + s, s_rest, square.lo);
    const V polynomial = precise_log_tail(z), two_thirds = constants::two_thirds.hi;
    const V factor = fma(z, polynomial, two_thirds);
    const V factor_rest = fma(z, polynomial, two_thirds - factor) + V(constants::two_thirds.lo);
    const double_word<V> cube = two_product(s, z);
    const V cube_rest = fma(s, z_rest, fma(s_rest, z, cube.lo));
    const double_word<V> tail = two_product(cube.hi, factor);
    const V tail_rest = fma(cube.hi, factor_rest, fma(cube_rest, factor, tail.lo));

    const double_word<V> of_m = fast_two_sum(s + s, tail.hi);
    const V of_m_rest = (of_m.lo + tail_rest) + (s_rest + s_rest);
    // k * high is exact, and 0 or larger than the logarithm of m.
    const double_word<V> sum = fast_two_sum(k * V(ln_2<T>::high), of_m.hi);
    const double_word<V> of_2 = two_product(k, V(ln_2<T>::low));
    const double_word<V> all = two_sum(sum.hi, of_2.hi);
    const V rest = (all.lo + sum.lo) + (of_m_rest + fma(k, V(constants::ln_2_rest), of_2.lo));
    return fast_two_sum(all.hi, rest);
}

/// e^(x.hi + x.lo), out of range 0 or infinity.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V precise_exp(double_word<V> x) {
    using T = element_t<V>;
    using range = exp_range<T>;
    const V shift = format_of<V>::to_integer;
    const V hi = at_least(at_most(x.hi, range::highest), range::lowest);
    const V lo = select(hi == x.hi, x.lo, V(0));
    const V n = fma(hi, V(T(1.4426950408889634)), shift) - shift;
    const V high = fma(n, V(-ln_2<T>::high), hi); // exact
    const double_word<V> low = two_product(n, V(-ln_2<T>::low));
    const double_word<V> most = two_sum(high, low.hi);
    const double_word<V> r = fast_two_sum(most.hi, most.lo + (lo + low.lo));
    const double_word<V> sum = fast_two_sum(V(1), r.hi);
    // e^(r.hi + r.lo) = e^r.hi + r.lo e^r.hi, where 1 + r.hi will do for the second e^r.hi.
    const V correction = fma(r.lo, r.hi, r.lo);
    return scale(sum.hi + (sum.lo + fma(r.hi * r.hi, exp_tail(r.hi), correction)), n);
}

} // namespace detail

/// x^y with the special cases of C: x^0 = 1^y = 1, NaN for x < 0 unless y is an integer.
/// Accuracy: 0.78 ulp in float, 1.6 in double (1.5 with fused multiplication).
/// As e^(y ln |x|) with the logarithm to ten bits more.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V pow(V x, V y) {
    using T = element_t<V>;
    using format = detail::format<T>;
    const V zero = T{0}, one = T{1}, infinite = format::infinity;
    // From here on every power but that of 1 is 0 or infinite, and products stay in range.
    const T huge = T(sizeof(T) == 4 ? 0x1p40 : 0x1p80);
    const V exponent = detail::at_least(detail::at_most(y, huge), -huge);
    const V base = abs(x);

    const auto logarithm = detail::precise_log(base);
    const detail::double_word<V> product = detail::two_product(exponent, logarithm.hi);
    const V finite = detail::precise_exp(detail::double_word<V>{product.hi, fma(exponent, logarithm.lo, product.lo)});

    const V at_ends = select(base == zero, select(y < zero, infinite, zero), select(y < zero, zero, infinite));
    const V magnitude = select(base == zero, at_ends, select(base == infinite, at_ends, finite));
    // Of integers, half of the odd ones has a fraction.
    const V half = exponent * V(T(0.5));
    const V odd_sign = select(floor(half) == half, zero, x);
    const V for_integers = copysign(magnitude, odd_sign);
    const V for_any = select(x < zero, select(base == infinite, magnitude, V(format::nan)), magnitude);
    const V known = select(floor(exponent) == exponent, for_integers, for_any);
    const V result = select(x == x, select(y == y, known, y), x);
    return select(y == zero, one, select(x == one, one, result));
}

} // namespace ctgrad::simd
