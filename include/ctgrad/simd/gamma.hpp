// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/log.hpp>
#include <ctgrad/simd/pow.hpp>
#include <ctgrad/simd/trigonometric.hpp>

/// @file The logarithm of the gamma function and its derivative. Coefficients: Remez exchange.

namespace ctgrad::simd {

namespace detail {

/// lgamma(2 + u) / u for |u| <= 1/2.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V lgamma_near_2(V u) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(u, 0.000116555522f, -0.000253862236f, 0.000504784461f, -0.00118583755f, 0.0028911198f, -0.00738617778f,
                          0.020580776f, -0.06735228f, 0.322467029f, 0.422784328f);
    else
        return polynomial(u, -1.361437992173076e-07, 2.788002741385432e-07, -4.280883548195523e-07, 9.199896586924505e-07,
                          -2.0459830310329898e-06, 4.384731996910621e-06, -9.438190047385349e-06, 2.0505584357802626e-05,
                          -4.492639068371921e-05, 9.945767440296114e-05, -0.00022315474732010119, 0.0005096695153482879,
                          -0.0011927539121675162, 0.002890510331036778, -0.0073855510286640995, 0.020580808427780335, -0.06735230105319817,
                          0.32246703342411326, 0.42278433509846713);
}

/// What Stirling's formula leaves out, times x, in z = 1/x^2 <= 1/64.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V stirling_rest(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 0.000780058326f, -0.00277769892f, 0.0833333358f);
    else
        return polynomial(z, 0.0050692664371445005, -0.0018905407436227409, 0.0008414728624995575, -0.0005952366070504757,
                          0.000793650789835176, -0.0027777777777740994, 0.08333333333333333);
}

/// lgamma for x > -1/2, x not 0. From 8 on by Stirling's formula (x - 1/2) (ln x - 1) + ..., below by the recurrence, towards
/// [3/2, 5/2): the products of the steps have one logarithm, of ten bits more.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V lgamma_above(V x) {
    using T = element_t<V>;
    const V one = T(1);
    const auto tiny = x < V(T(0.5)), low = x < V(T(1.5)), far = x >= V(8);
    V r = select(far, V(2), x), p = one;
    for (int step = 0; step < 6; ++step) {
        const auto above = r >= V(T(2.5));
        r = select(above, r - one, r);
        p = select(above, p * r, p);
    }
    const V u = select(tiny, x, select(low, x - one, r - V(2)));
    const V argument = select(far, x, select(tiny, abs(x) * (x + one), select(low, x, p)));
    const double_word<V> logarithm = precise_log(argument);
    const V factor = select(far, x - V(T(0.5)), select(low, V(-1), one));
    const double_word<V> less = two_sum(logarithm.hi, select(far, V(-1), V(0)));
    const double_word<V> product = two_product(factor, less.hi);
    const V inverse = one / select(far, x, V(8));
    const V rest = select(far, fma(inverse, stirling_rest(inverse * inverse), V(T(0.41893853320467274))), V(0)); // ln(2 pi)/2 - 1/2
    const double_word<V> sum = two_sum(product.hi, select(far, V(0), u * lgamma_near_2(u)));
    return sum.hi + (sum.lo + (product.lo + fma(factor, less.lo + logarithm.lo, rest)));
}

/// |sin(pi y)| and |cos(pi y)| of y in two kernels, and the side of the next whole number on which y lies.
template <class V>
struct half_turn {
    V sine, cosine, side;
};
template <floating_lanes V>
[[gnu::always_inline]] constexpr half_turn<V> half_turn_of(V y) {
    using T = element_t<V>;
    const V fraction = y - round(y), f = abs(fraction);
    const auto steep = f > V(T(0.25));
    const V g = select(steep, V(T(0.5)) - f, f);
    const double_word<V> angle = two_product(g, V(T(4) * half_pi<T>::high * T(0.5)));
    const V more = g * V(half_pi<T>::middle + half_pi<T>::middle);
    const reduced_angle<V> reduced{fast_two_sum(angle.hi, angle.lo + more), integer_t<V>(0)};
    const V sine = sin_of(reduced, integer_t<V>(0)), cosine = sin_of(reduced, integer_t<V>(1));
    return {select(steep, cosine, sine), select(steep, sine, cosine), copysign(V(1), fraction)};
}

/// lgamma for x <= -1/2: ln(pi / (y sin(pi y))) - lgamma(y) with y = -x; infinite at whole numbers.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V lgamma_below(V y) {
    using T = element_t<V>;
    const V bounded = at_most(y, format<T>::integers_from); // all above are whole
    const V sine = half_turn_of(bounded).sine;
    const auto whole = sine == V(0);
    const double_word<V> logarithm = precise_log(select(whole, V(1), bounded * sine));
    const double_word<V> first = two_sum(V(T(1.1447298858494002)), -logarithm.hi);
    const double_word<V> sum = two_sum(first.hi, -lgamma_above(bounded));
    const V result = sum.hi + (sum.lo + (first.lo - logarithm.lo));
    return select(whole, V(format<T>::infinity), result);
}

/// The zero of the digamma function in two words.
template <class T>
inline constexpr double_word<T> digamma_zero{T(0x1.762d86356be3fp+0), T(0x1.b86a722197829p-54)};
template <>
inline constexpr double_word<float> digamma_zero<float>{0x1.762d86p+0f, 0x1.ab5f2p-27f};

/// digamma(1.5 + s) by the distance from its zero, |s| <= 1/2.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V digamma_near_1(V s) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(s, 0.011573175f, -0.0163877867f, 0.016696481f, -0.0257789418f, 0.040941406f, -0.0620574616f, 0.0949765444f,
                          -0.148398757f, 0.240542784f, -0.423627496f, 0.951055884f);
    else
        return polynomial(s, -0.00018378348698156965, 0.00025991004497668153, -0.00013750313843727898, 0.00022695205081790586,
                          -0.000490058318558754, 0.0007234757251572085, -0.0010351653078031417, 0.001556587976192131, -0.0023457443278791,
                          0.0035190141649345534, -0.00527990683882711, 0.007926943794456538, -0.011908222429297424, 0.017907252496345203,
                          -0.026975796553111643, 0.04076083381023946, -0.061922133278180594, 0.09498872445498366, -0.14840492305384975,
                          0.2405424842407739, -0.4236274212814607, 0.951055876031833);
}

/// (ln x - 1/(2 x) - digamma x) x^2 in z = 1/x^2 <= 1/64.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V digamma_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 0.00387379667f, -0.00833278708f, 0.0833333358f);
    else
        return polynomial(z, 0.06367566537686105, -0.02070052961481629, 0.007571734384136481, -0.004166645186495517, 0.003968253913288378,
                          -0.008333333333280431, 0.08333333333333333);
}

/// digamma for x > 0: from 8 on by its asymptotic series, below by the recurrence, towards [1, 2).
template <floating_lanes V>
[[gnu::always_inline]] constexpr V digamma_above(V x) {
    using T = element_t<V>;
    constexpr double_word<T> zero = digamma_zero<T>;
    const V one = T(1);
    const auto low = x < one, far = x >= V(8);
    V r = select(low, x, select(far, one, x)), above = select(low, V(-1), V(0)), below = select(low, x, one);
    for (int step = 0; step < 6; ++step) {
        const auto moves = r >= V(2);
        r = select(moves, r - one, r);
        above = select(moves, fma(above, r, below), above);
        below = select(moves, below * r, below);
    }
    const V origin = select(low, one, V(0)); // of r: below 1 it stands for r + 1
    const V distance = ((r - V(zero.hi)) + origin) - V(zero.lo);
    const V near_zero = select(low, r - V(zero.hi - T(1)), distance) - select(low, V(zero.lo), V(0));
    const V near = near_zero * digamma_near_1((r - V(T(1.5))) + origin) + above / below;
    const V inverse = one / select(far, x, V(8));
    const V series = fma(inverse * inverse, digamma_tail(inverse * inverse), inverse * V(T(0.5)));
    return select(far, log(x) - series, near);
}

} // namespace detail

/// ln |gamma(x)|: infinite at 0 and at whole numbers below it. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V lgamma(V x) {
    using T = element_t<V>;
    const V infinity = detail::format<T>::infinity;
    const V highest = T(sizeof(T) == 4 ? 0x1.895f1a0000000p+121 : 0x1.754d9278b51a7p+1014); // whose result is finite
    const auto below = x <= V(T(-0.5));
    V result = detail::lgamma_above(select(below, V(2), select(x == V(0), V(2), select(x > highest, V(2), x))));
    if (any(below)) result = select(below, detail::lgamma_below(select(below, -x, V(T(2.25)))), result);
    return select(x == V(0), infinity, select(x > highest, infinity, result));
}

/// The derivative of `lgamma`: NaN at 0 and at whole numbers below it. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V digamma(V x) {
    using T = element_t<V>;
    const auto below = x < V(0);
    const auto tiny = abs(x) < V(T(0x1p-60)); // -1 / x
    const V y = select(tiny, V(2), abs(x));
    V result = detail::digamma_above(y);
    if (any(below)) {
        const V bounded = detail::at_most(select(below, y, V(T(2.25))), detail::format<T>::integers_from);
        const auto [sine, cosine, side] = detail::half_turn_of(bounded);
        const auto whole = sine == V(0);
        const V cotangent = side * (cosine / select(whole, V(1), sine));
        const V reflected = fma(V(T(3.1415926535897931)), cotangent, detail::digamma_above(bounded) + V(1) / bounded);
        result = select(below, select(whole, V(detail::format<T>::nan), reflected), result);
    }
    const auto infinite = abs(x) < V(detail::format<T>::smallest_normal / 4);
    const V pole = select(infinite, copysign(V(detail::format<T>::infinity), -x), V(-1) / select(infinite, V(1), x));
    return select(tiny, select(x == V(0), V(detail::format<T>::nan), pole), result);
}

} // namespace ctgrad::simd
