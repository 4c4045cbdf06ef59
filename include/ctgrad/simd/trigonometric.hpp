// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/detail/huge_angle.hpp>
#include <ctgrad/simd/memory.hpp>

namespace ctgrad::simd {

namespace detail {

/// pi/2 in three parts, for Cody and Waite's reduction; exact enough below the limit.
template <class T>
struct half_pi;
template <>
struct half_pi<float> {
    static constexpr float high = 0x1.921fb6p+0f, middle = -0x1.777a5cp-25f, low = -0x1.ee59dap-50f;
    static constexpr float limit = 0x1p17f;
};
template <>
struct half_pi<double> {
    static constexpr double high = 0x1.921fb54442d18p+0, middle = 0x1.1a62633145c07p-54, low = -0x1.f1976b7ed8fbcp-110;
    static constexpr double limit = 0x1p30;
};

template <floating_lanes V>
[[gnu::always_inline]] constexpr reduced_angle<V> reduce_angle(V x) {
    using T = element_t<V>;
    using parts = half_pi<T>;
    const auto huge = abs(x) >= V(parts::limit);
    if constexpr (is_scalar<V>)
        if (huge) [[unlikely]] {
            if (abs(x) < format<T>::infinity) return reduce_huge_angle(x);
            return {{format<T>::nan, T{0}}, 0};
        }

    const V shifted = fma(x, V(T(0.63661977236758134)), V(format<T>::to_integer));
    const V n = shifted - V(format<T>::to_integer);
    const V first = exact_fma(n, V(-parts::high), x);
    const double_word<V> product = two_product(n, V(parts::middle));
    const double_word<V> second = two_sum(first, -product.hi);
    const V error = second.lo - fma(n, V(parts::low), product.lo);
    reduced_angle<V> result{fast_two_sum(second.hi, error), bits(shifted)};

    if constexpr (!is_scalar<V>)
        if (any(huge)) [[unlikely]] {
            T angles[V::lanes], hi[V::lanes], lo[V::lanes];
            typename integer_t<V>::element turns[V::lanes];
            store(angles, x);
            store(hi, select(huge, x - x, result.rest.hi)); // NaN for infinities
            store(lo, result.rest.lo);
            store(turns, result.quarter_turns);
            reduce_huge_lanes<T>(angles, parts::limit, hi, lo, turns, V::lanes);
            result = {{load<V>(hi), load<V>(lo)}, load<integer_t<V>>(turns)};
        }
    return result;
}

/// (sin r - r) / r^3 in z = r^2, |r| <= pi/4. Coefficients: Remez exchange, below 2^-32 and 2^-57.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sin_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 2.83007694e-6f, -0.000198529466f, 0.0083333794f, -0.166666672f);
    else
        return polynomial(z, 1.5892796909391263e-10, -2.5050690896089976e-8, 2.7557313275733786e-6, -0.00019841269828653203,
                          0.008333333333321041, -0.16666666666666627);
}

/// (cos r - 1 + r^2/2) / r^4 in z = r^2. Coefficients: Remez exchange, below 2^-33 and 2^-63.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V cos_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 2.44302028e-5f, -0.0013887299f, 0.0416666456f);
    else
        return polynomial(z, -1.1356707831116222e-11, 2.0875667742897793e-9, -2.7557313954180143e-7, 2.480158728814458e-5,
                          -0.0013888888888872056, 0.041666666666666588);
}

/// The sine of an angle and some quarter turns more.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sin_of(const reduced_angle<V>& angle, integer_t<V> more) {
    using T = element_t<V>;
    using I = integer_t<V>;
    const auto [r, rest] = angle.rest;
    const V z = r * r;
    const V sine = r + fma(r * z, sin_tail(z), rest);
    const V half_square = z * V(T(0.5));
    const V above = V(1) - half_square;
    const V error = (V(1) - above) - half_square; // cos(r + rest) = cos r - r rest
    const V cosine = above + fma(z * z, cos_tail(z), fma(-r, rest, error));
    const I turns = angle.quarter_turns + more;
    const V value = select((turns & I(1)) == I(0), sine, cosine);
    // The second bit of the turns becomes the sign.
    constexpr int to_sign = 8 * static_cast<int>(sizeof(T)) - 2;
    return from_bits<V>(bits(value) ^ ((turns & I(2)) << to_sign));
}

} // namespace detail

/// The sine. Accuracy: 0.9 ulp in float and double for every finite x; NaN for infinities.
/// Lanes from 2^17 (float) and 2^30 (double) on take a slow path, one by one.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sin(V x) {
    const V result = detail::sin_of(detail::reduce_angle(x), integer_t<V>(0));
    return select(abs(x) < V(element_t<V>(0x1p-30)), x, result);
}

/// The cosine. Accuracy: 0.9 ulp in float, 0.93 in double; otherwise like the sine.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V cos(V x) {
    return detail::sin_of(detail::reduce_angle(x), integer_t<V>(1));
}

} // namespace ctgrad::simd
