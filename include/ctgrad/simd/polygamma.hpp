// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/gamma.hpp>

#include <concepts>

/// @file Derivatives of the digamma function, number by number: they stand in derivatives of derivatives.

namespace ctgrad::simd {

namespace detail {

/// Hurwitz' zeta function, the sum of (q + k)^-s, for s >= 2 and q > 0: some terms, then Euler and Maclaurin's formula.
template <std::same_as<double> D> // a template, so that programs without it do not compile what it calls
constexpr D hurwitz_zeta(D s, D q) {
    double sum = 0;
    for (; q < s + 10; q += 1) sum += pow(q, -s);
    // B_2k / (2k)!
    constexpr double factors[] = {1.0 / 12,
                                  -1.0 / 720,
                                  1.0 / 30240,
                                  -1.0 / 1209600,
                                  1.0 / 47900160,
                                  -691.0 / 1307674368000.0,
                                  1.0 / 74724249600.0,
                                  -3617.0 / 10670622842880000.0};
    const double last = pow(q, -s);
    double tail = last * (q / (s - 1) + 0.5), term = last * s / q;
    for (int k = 0; k < 8; ++k) {
        tail += factors[k] * term;
        term *= (s + 2 * k + 1) * (s + 2 * k + 2) / (q * q);
    }
    return sum + tail;
}

inline constexpr int highest_cotangent = 30;

/// The n-th derivative of cot(pi x) by pi^n, where that is c: with P(0) = c, P(k + 1) = -(1 + c^2) P(k)'.
template <std::same_as<double> D>
constexpr D cotangent_derivative(int n, D c) {
    double coefficient[highest_cotangent + 3]{0, 1};
    for (int k = 1; k <= n; ++k) {
        double next[highest_cotangent + 3]{};
        for (int i = 1; i <= k; ++i) {
            next[i - 1] -= i * coefficient[i];
            next[i + 1] -= i * coefficient[i];
        }
        for (int i = 0; i < highest_cotangent + 3; ++i) coefficient[i] = next[i];
    }
    double value = 0;
    for (int i = n + 1; i >= 0; --i) value = value * c + coefficient[i];
    return value;
}

template <std::same_as<double> D>
constexpr D polygamma_of(D n, D x) {
    constexpr double nan = format<double>::nan, infinity = format<double>::infinity;
    if (n == 0) return digamma(x);
    if (!(n >= 1) || n != floor(n) || n > 170 || x != x) return nan;
    double factorial = 1;
    for (double k = 2; k <= n; k += 1) factorial *= k;
    const bool odd = floor(n / 2) * 2 != n;
    if (x > 0) {
        if (x == infinity) return 0;
        const double size = factorial * hurwitz_zeta(n + 1, x);
        return odd ? size : -size;
    }
    if (x == floor(x)) return odd ? infinity : nan;
    if (n > highest_cotangent) return nan;
    const auto [sine, cosine, side] = half_turn_of(-x); // of -x: the cotangent of x has the other sign
    double power = 3.14159265358979323846;
    for (int k = 0; k < static_cast<int>(n); ++k) power *= 3.14159265358979323846;
    const double turned = factorial * hurwitz_zeta(n + 1, 1 - x); // (-1)^n polygamma(n, 1 - x) is -turned for all n
    return -power * cotangent_derivative(static_cast<int>(n), -side * cosine / sine) - turned;
}

} // namespace detail

/// The derivative of order n of the digamma function, n a whole number up to 170, for x < 0 up to 30; else NaN. Accuracy: some 10 ulp
/// for x > 0, some 20 epsilon of the largest term for others. Infinite at 0 and at whole numbers below it for odd n, for others NaN.
template <floating_lanes V>
constexpr V polygamma(V n, V x) {
    using T = element_t<V>;
    if constexpr (detail::is_scalar<V>)
        return static_cast<T>(detail::polygamma_of(static_cast<double>(n), static_cast<double>(x)));
    else {
        T orders[V::lanes], numbers[V::lanes];
        store(orders, n);
        store(numbers, x);
        for (int k = 0; k < V::lanes; ++k) numbers[k] = polygamma(orders[k], numbers[k]);
        return load<V>(numbers);
    }
}

} // namespace ctgrad::simd
