// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/sqrt.hpp>

/// @file Angles from sines, cosines and tangents. Coefficients: Remez exchange.

namespace ctgrad::simd {

namespace detail {

/// pi/4 in two words; their products with 2 and 4 are exact.
template <class T>
inline constexpr double_word<T> quarter_pi{T(0x1.921fb54442d18p-1), T(0x1.1a62633145c07p-55)};
template <>
inline constexpr double_word<float> quarter_pi<float>{0x1.921fb6p-1f, -0x1.777a5cp-26f};

/// (atan u - u) / u^3 in z = u^2, |u| <= tan(pi/8): below 2^-30 and 2^-59 of u.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V atan_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, -0.0608249493f, 0.10595642f, -0.142438024f, 0.199984878f, -0.333333164f);
    else
        return polynomial(z, -0.017916044138140467, 0.03807274210969966, -0.050396307285738816, 0.05847962384516489, -0.06663114156496927,
                          0.07692061105217476, -0.09090897807524949, 0.11111110785169484, -0.1428571428022998, 0.19999999999953907,
                          -0.333333333333332);
}

/// (asin s - s) / s^3 in z = s^2 <= 1/4: below 2^-27 and 2^-59 of s.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V asin_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 0.0375652164f, 0.0144025963f, 0.031817615f, 0.0445157215f, 0.0750051066f, 0.166666597f);
    else
        return polynomial(z, 0.032676915534246516, -0.021077334986273684, 0.02176353074985263, 0.0036830282196327843, 0.01078653298895129,
                          0.011397775209656142, 0.013980961559769495, 0.017351600081265673, 0.022372215661005793, 0.030381942683586977,
                          0.04464285717512157, 0.07499999999970261, 0.16666666666666763);
}

/// base pi/4 + small + rest, rounded once or little more.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V angle_sum(V quarters, V small, V rest) {
    using T = element_t<V>;
    const double_word<V> sum = two_sum(quarters * V(quarter_pi<T>.hi), small);
    return sum.hi + (sum.lo + fma(quarters, V(quarter_pi<T>.lo), rest));
}

/// The angle of a by b, both at least 0, finite and not too far from 1, in quarter turns less `sign` of itself: atan(a / b),
/// or pi - atan(a / b) where `turned` is 4 and `sign` -1. With u = a/b, (a - b)/(a + b) or -b/a, |u| <= tan(pi/8).
template <floating_lanes V>
[[gnu::always_inline]] constexpr V angle_of(V a, V b, V turned, V sign) {
    using T = element_t<V>;
    const auto near = a <= b * V(T(0.41421356237309503));
    const auto far = a > b * V(T(2.4142135623730949));
    const double_word<V> total = two_sum(a, b), difference = two_sum(a, -b);
    const V zero = T(0);
    const V above = select(near, a, select(far, -b, difference.hi));
    const V above_rest = select(near, zero, select(far, zero, difference.lo));
    const V below = select(near, b, select(far, a, total.hi));
    const V below_rest = select(near, zero, select(far, zero, total.lo));
    const V u = precise_quotient(-above, double_word<V>{below, below_rest}) + above_rest / below;
    const V z = u * u;
    const V quarters = fma(sign, select(near, zero, select(far, V(2), V(1))), turned);
    return angle_sum(quarters, sign * u, sign * ((u * z) * atan_tail(z)));
}

/// What the arc of x is made of: for |x| <= 1/2 of s = |x|, else of s = sqrt((1 - |x|) / 2), whose arc is half of acos |x|.
template <class V>
struct arc {
    V s, rest; ///< Its arc is their sum.
};
template <floating_lanes V, class Mask>
[[gnu::always_inline]] constexpr arc<V> arc_of(V t, Mask large) {
    using T = element_t<V>;
    const V half = at_least(fma(t, V(T(-0.5)), V(T(0.5))), T(0));
    const V z = select(large, half, t * t);
    const V root = sqrt(half);
    const V error = exact_fma(-root, root, half) / at_least(root + root, format_of<V>::smallest_normal);
    const V s = select(large, root, t);
    return {s, fma(s * z, asin_tail(z), select(large, error, V(0)))};
}

} // namespace detail

/// The angle whose tangent is x, in [-pi/2, pi/2]. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V atan(V x) {
    using T = element_t<V>;
    const V t = detail::at_most(abs(x), T(sizeof(T) == 4 ? 0x1p30 : 0x1p60)); // from there on it is pi/2
    const V angle = detail::angle_of(t, V(1), V(0), V(1));
    return select(abs(x) < V(T(0x1p-30)), x, copysign(angle, x));
}

/// The angle of the point (x, y), in [-pi, pi], with the special cases of C. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V atan2(V y, V x) {
    using T = element_t<V>;
    const V infinity = detail::format<T>::infinity, zero = T(0), one = T(1);
    V a = abs(y), b = abs(x);
    const V most = select(a > b, a, b);
    const auto infinite = most == infinity;
    a = select(infinite, select(a == infinity, one, zero), a);
    b = select(infinite, select(b == infinity, one, zero), b);
    b = select(most == zero, one, b); // 0 by 0 is 0
    const T huge = T(sizeof(T) == 4 ? 0x1p60 : 0x1p500), factor = T(sizeof(T) == 4 ? 0x1p64 : 0x1p512);
    const V scale = select(most > V(huge), V(T(1) / factor), select(most < V(T(1) / huge), V(factor), one));
    const V s = select(infinite, one, select(most == zero, one, scale));
    const V behind = copysign(one, x); // -1 for -0 too
    const V angle = detail::angle_of(a * s, b * s, fma(behind, V(-2), V(2)), behind);
    const V result = copysign(angle, y);
    return select(x == x, select(y == y, result, y), x);
}

/// The angle whose sine is x, in [-pi/2, pi/2]; NaN for |x| > 1. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V asin(V x) {
    using T = element_t<V>;
    const V t = abs(x);
    const auto large = t > V(T(0.5));
    const auto [s, rest] = detail::arc_of(t, large);
    const V twice = detail::angle_sum(V(2), V(-2) * s, V(-2) * rest);
    const V angle = select(large, twice, s + rest);
    return select(t < V(T(0x1p-30)), x, select(t > V(1), V(detail::format<T>::nan), copysign(angle, x)));
}

/// The angle whose cosine is x, in [0, pi]; NaN for |x| > 1. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V acos(V x) {
    using T = element_t<V>;
    const V t = abs(x);
    const auto large = t > V(T(0.5));
    const auto [s, rest] = detail::arc_of(t, large);
    const V sign = copysign(V(1), x);
    const V quarters = select(large, select(x < V(0), V(4), V(0)), V(2));
    const V factor = select(large, sign + sign, -sign);
    return select(t > V(1), V(detail::format<T>::nan), detail::angle_sum(quarters, factor * s, factor * rest));
}

} // namespace ctgrad::simd
