// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/exponent.hpp>
#include <ctgrad/simd/memory.hpp>
#include <ctgrad/simd/round.hpp>

namespace ctgrad::simd {

namespace detail {

/// The remainder of x by y, both positive and finite, x less than 2^fraction_bits y: exact.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V near_remainder(V x, V y) {
    const V quotient = floor(x / y); // or one too many
    const V rest = exact_fma(-quotient, y, x);
    return select(rest < V(0), rest + y, select(rest < y, rest, rest - y));
}

/// The remainder of any x > 0 by any y > 0, finite: by multiples of y that are near x.
template <class T>
constexpr T far_remainder(T x, T y) {
    while (x >= y) {
        const T over = decompose(x).exponent - decompose(y).exponent - T(format<T>::fraction_bits - 1);
        x = near_remainder(x, over > T(0) ? scale(y, at_most(over, T(2 * format<T>::bias))) : y);
    }
    return x;
}

/// Replaces the lanes whose quotient has too many digits; out of line, as it is rare.
template <class T>
[[gnu::noinline, gnu::cold]] inline void far_remainders(const T* x, const T* y, T* rest, int lanes) {
    for (int i = 0; i < lanes; ++i)
        if (x[i] >= y[i] * format<T>::integers_from && x[i] < format<T>::infinity && y[i] > T(0)) rest[i] = far_remainder(x[i], y[i]);
}

/// |x| modulo |y|, exact; NaN where x is infinite or y is 0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V remainder(V x, V y) {
    using T = element_t<V>;
    const V infinity = format_of<V>::infinity;
    const auto far = x >= y * V(format_of<V>::integers_from);
    if constexpr (is_scalar<V>) {
        if (far) [[unlikely]]
            return x < infinity && y > T(0) ? far_remainder(x, y) : format<T>::nan;
        return y == infinity ? x : near_remainder(x, y);
    } else {
        V rest = select(y == infinity, select(x < infinity, x, x - x), near_remainder(x, y));
        if (any(far)) [[unlikely]] {
            T dividend[V::lanes], divisor[V::lanes], result[V::lanes];
            store(dividend, x);
            store(divisor, y);
            store(result, select(far, V(format_of<V>::nan), rest));
            far_remainders(dividend, divisor, result, V::lanes);
            rest = load<V>(result);
        }
        return rest;
    }
}

} // namespace detail

/// x modulo y, exact but for the last addition: x - floor(x / y) y, of the sign of y. NaN where x is infinite or y is 0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V mod(V x, V y) {
    const V magnitude = detail::remainder(abs(x), abs(y));
    const V rest = copysign(select(magnitude == magnitude, magnitude, V(0)), x);
    const V moved = select(x < V(0), select(y > V(0), rest + y, rest), select(y < V(0), rest + y, rest));
    return select(magnitude == magnitude, select(rest == V(0), copysign(rest, y), moved), magnitude);
}

} // namespace ctgrad::simd
