// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/exp.hpp>

namespace ctgrad::simd {

namespace detail {

/// (2 artanh(s) - 2 s) / s^3 as a polynomial in z = s^2 <= 1/25. Coefficients: Remez exchange, relative
/// error of artanh below 2^-34 and 2^-61.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log_tail(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 0.241516069f, 0.285035163f, 0.400009334f, 0.666666627f);
    else
        return polynomial(z, 0.13842542266138538, 0.13173671055506075, 0.15391107834763845, 0.18181665994338495, 0.22222224294676143,
                          0.28571428555841527, 0.4000000000005664, 0.66666666666666596);
}

/// k ln 2 + ln(1 + f) for f in [-1/4, 1/2): with s = f / (2 + f), ln(1 + f) = 2 artanh(s)
/// = f - (f^2/2 - s (f^2/2 + tail)), as in fdlibm.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log_sum(V k, V f) {
    using T = element_t<V>;
    const V s = f / (V(2) + f);
    const V z = s * s;
    const V half_square = (f * f) * V(T(0.5));
    const V correction = fma(s, fma(z, log_tail(z), half_square), k * V(ln_2<T>::low));
    return fma(k, V(ln_2<T>::high), f - (half_square - correction));
}

} // namespace detail

/// The natural logarithm: -inf at 0, NaN below, right for subnormal x.
/// Accuracy: 0.88 ulp in float, 0.86 in double.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log(V x) {
    using T = element_t<V>;
    using format = detail::format<T>;
    const auto [m, k] = detail::decompose(x);
    const V result = detail::log_sum(k, m - V(1));
    if constexpr (detail::has_exponent_instructions<V>) return result; // decompose has brought in infinities and NaN
    const V at_limits = select(x == V(0), V(-format::infinity), select(x > V(0), x, V(format::nan)));
    return select(x > V(0), select(x < V(format::infinity), result, at_limits), at_limits);
}

/// ln(1 + x), exact in the limit x -> 0: -inf at -1, NaN below. Accuracy: 0.85 ulp in float, 0.87 in double.
/// 1 + x = 2^k (1 + f) with f = 2^-k x + (2^-k - 1), which rounds less than 1 + x does.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log1p(V x) {
    using T = element_t<V>;
    using format = detail::format<T>;
    const V bounded = detail::at_least(x, T(-1));
    const auto [m, k] = detail::decompose(V(1) + bounded);
    // For k beyond these, 2^-k is lost in 1 + f.
    const V j = detail::at_least(detail::at_most(k, T(format::bias - 1)), T(-format::bias + 1));
    const V down = detail::power_of_two(-j);
    const V f = select(k == j, fma(bounded, down, down - V(1)), m - V(1));
    const V result = detail::log_sum(k, f);
    const V inside = select(abs(x) < V(T(0x1p-60)), x, result);
    const V at_limits = select(x == V(-1), V(-format::infinity), select(x > V(0), x, V(format::nan)));
    return select(x > V(-1), select(x < V(format::infinity), inside, at_limits), at_limits);
}

} // namespace ctgrad::simd
