// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/log.hpp>
#include <ctgrad/simd/sqrt.hpp>
#include <ctgrad/simd/double_word.hpp>

/// @file Hyperbolic functions and their inverses; `tanh` has a file of its own.

namespace ctgrad::simd {

namespace detail {

/// Half of e^t for t >= 0: finite where sinh and cosh are.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V half_exp(V t) {
    using T = element_t<V>;
    const auto [n, p] = split_exp<true>(at_most(t, T(sizeof(T) == 4 ? 90 : 711)));
    return scale(V(1) + p, n - V(1));
}

/// (sinh x - x) / x^3 in z = x^2 <= 1. Coefficients: Remez exchange, below 2^-34 and 2^-63 of x.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sinh_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 2.81743951e-06f, 0.000198360663f, 0.00833335053f, 0.166666672f);
    else
        return polynomial(z, 7.759312140380033e-13, 1.605724034344702e-10, 2.505212339852652e-08, 2.7557319155337044e-06,
                          0.0001984126984143768, 0.008333333333333139, 0.16666666666666669);
}

/// ln(1 + x) + more ln 2 for x >= 0; infinite and NaN as x.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log1p_above(V x, V more) {
    using T = element_t<V>;
    using format = format<T>;
    const auto [m, k] = decompose(V(1) + x);
    const V j = at_most(k, T(format::bias - 1));
    const V down = power_of_two(-j);
    const V f = select(k == j, fma(x, down, down - V(1)), m - V(1));
    return select(x < V(format::infinity), log_sum(k + more, f), x);
}

} // namespace detail

/// The hyperbolic sine, infinite only where it is out of range. Accuracy: see docs/numerics.md.
/// x + x^3 P(x^2) below 1, e^|x|/2 - 1/(2 e^|x|) from there on.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sinh(V x) {
    using T = element_t<V>;
    const V t = abs(x);
    const V z = t * t;
    const V half = detail::half_exp(t);
    const V far = half - V(T(0.25)) / half;
    const V near = fma(t * z, detail::sinh_tail(z), t);
    const V magnitude = select(t < V(1), near, far);
    return select(t < V(T(0x1p-30)), x, copysign(magnitude, x));
}

/// The hyperbolic cosine, infinite only where it is out of range. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V cosh(V x) {
    const V half = detail::half_exp(abs(x));
    return half + V(element_t<V>(0.25)) / half;
}

/// ln(x + sqrt(x^2 + 1)), exact in the limit x -> 0. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V asinh(V x) {
    using T = element_t<V>;
    const V t = abs(x);
    const auto large = t > V(T(sizeof(T) == 4 ? 0x1p30 : 0x1p60)); // ln(2 t)
    const V bounded = detail::at_most(t, T(sizeof(T) == 4 ? 0x1p30 : 0x1p60));
    const V z = bounded * bounded;
    const V above = t + z / (V(1) + sqrt(z + V(1)));
    const V result = detail::log1p_above(select(large, t, above), select(large, V(1), V(0)));
    return select(t < V(T(0x1p-30)), x, copysign(result, x));
}

/// ln(x + sqrt(x^2 - 1)); NaN below 1. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V acosh(V x) {
    using T = element_t<V>;
    const auto large = x > V(T(sizeof(T) == 4 ? 0x1p30 : 0x1p60));
    const V d = detail::at_least(detail::at_most(x, T(sizeof(T) == 4 ? 0x1p30 : 0x1p60)), T(1)) - V(1);
    const V above = d + sqrt(fma(d, d, d + d));
    const V result = detail::log1p_above(select(large, x, above), select(large, V(1), V(0)));
    return select(x < V(1), V(detail::format<T>::nan), result);
}

/// ln((1 + x) / (1 - x)) / 2: infinite at 1 and -1, NaN beyond. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V atanh(V x) {
    using T = element_t<V>;
    const V magnitude = abs(x);
    const V t = select(magnitude < V(1), magnitude, V(T(0.5)));
    const V z = t * t;
    const V near = fma(t * z, detail::log_tail(z) * V(T(0.5)), t);
    const V quotient = detail::precise_quotient(V(-2) * t, detail::fast_two_sum(V(1), -t));
    const V far = V(T(0.5)) * detail::log1p_above(quotient, V(0));
    const V finite = copysign(select(t < V(T(0.2)), near, far), x);
    const V at_limits = select(magnitude == V(1), copysign(V(detail::format<T>::infinity), x), V(detail::format<T>::nan));
    return select(magnitude < V(T(0x1p-30)), x, select(magnitude < V(1), finite, at_limits));
}

} // namespace ctgrad::simd
