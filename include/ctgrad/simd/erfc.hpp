// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/erf.hpp>

/// @file Functions that fall off like e^(-x^2), with all their digits until they underflow.

namespace ctgrad::simd {

namespace detail {

/// Where e^(-x^2), and erfc(x) before it, are 0.
template <class T>
inline constexpr T gaussian_is_0 = T(sizeof(T) == 4 ? 10.198 : 27.31);

/// x^2 in two words, for the exponent: an error of half a digit of 100 would be an error of 50 digits of e^(-100).
template <floating_lanes V>
[[gnu::always_inline]] constexpr double_word<V> precise_square(V x) {
    return two_product(x, x);
}

/// e^(-square), as a number near 1 and an exponent.
template <floating_lanes V>
[[gnu::always_inline]] constexpr exp_parts<V> split_gaussian(double_word<V> square) {
    const auto [n, p] = split_exp < sizeof(element_t<V>) == 8 > (-square.hi);
    return {n, fma(-square.lo, V(1) + p, p)};
}

/// e^(t^2) erfc(t) (t + 3) / 6 as a polynomial in u = (t - 3) / (t + 3), t from 0.88 to where erfc is 0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V erfc_tail(V u) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(u, -3.98300072e-05f, -7.91928687e-05f, 0.000502935727f, -0.000205106204f, -0.00447070505f, 0.0199216045f,
                          -0.0517445803f, 0.0983713791f, -0.147232413f, 0.179001153f);
    else
        return polynomial(u, 1.5669788902699542e-08, -3.2645042727862776e-08, -7.8445026470007518e-08, 1.6592586664480694e-07,
                          4.664570009923572e-07, -7.9252465741286865e-07, -2.9133304624337117e-06, 5.0668200619877422e-06,
                          1.7927168727708986e-05, -4.6129733153601134e-05, -9.138497244542634e-05, 0.0005056770098125973,
                          -0.00020206943663266888, -0.0044712057712590608, 0.019921293547849842, -0.051744543650082561,
                          0.098371392850683956, -0.14723240886164735, 0.17900115118138996);
}

/// erfc(x), or half of it, for t = |x| with its square in two words.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V erfc_of(V x, V t, double_word<V> square, element_t<V> whole) {
    using T = element_t<V>;
    const auto [n, p] = split_gaussian(square);
    const V u = (t - V(3)) / (t + V(3));
    const V far = scale(fma(p, V(whole), V(whole)) * ((V(1) - u) * erfc_tail(u)), n); // 1 - u = 6 / (t + 3)
    const V near = fma(V(-whole) * t, erf_near(t * t), fma(V(-whole), t, V(whole)));  // (1 - t) - (erf(t) - t), times whole
    const V falling = select(t < V(T(0.9)), near, far);
    return select(x < V(0), V(whole + whole) - falling, falling);
}

} // namespace detail

/// 1 - erf(x), with all digits where that is small. Accuracy: see docs/numerics.md. For |x| from 0.9 by e^(-x^2) P(u) / (|x| + 3),
/// x^2 in two words; coefficients by Remez exchange.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V erfc(V x) {
    const V t = detail::at_most(abs(x), detail::gaussian_is_0<element_t<V>>);
    return detail::erfc_of(x, t, detail::precise_square(t), element_t<V>(1));
}

/// The probability that a normal number is less: erfc(-x / sqrt 2) / 2, but from x itself, whose last digit decides on the
/// result's last hundred where x is far below 0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V ndtr(V x) {
    using T = element_t<V>;
    const V size = detail::at_most(abs(x), detail::gaussian_is_0<T> * T(1.41421356));
    const V half = size * V(T(0.5));
    const detail::double_word<V> square = detail::two_product(size, half);
    return detail::erfc_of(-x, size * V(T(0.70710678118654752)), square, T(0.5));
}

/// e^(-x^2). Accuracy: see docs/numerics.md; x^2 is taken in two words.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V gaussian(V x) {
    const V t = detail::at_most(abs(x), detail::gaussian_is_0<element_t<V>>);
    const auto [n, p] = detail::split_gaussian(detail::precise_square(t));
    return detail::scale(V(1) + p, n);
}

} // namespace ctgrad::simd
