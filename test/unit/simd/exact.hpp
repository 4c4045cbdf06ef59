// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <initializer_list>

/// @file Functions in long double that std does not have, or not with the digits that double is judged by.

namespace ctgrad::test {

/// e^(-x^2), x^2 in two words.
inline long double exact_gaussian(long double x) {
    const long double square = x * x;
    if (!(square < 20000)) return std::isnan(x) ? x : 0;
    return std::exp(-square) * (1 - std::fma(x, x, -square));
}

/// erfc(-x / sqrt 2) / 2, with what x / sqrt 2 rounds off.
inline long double exact_ndtr(long double x) {
    constexpr long double root = 0.707106781186547524400844362104849039L, two_over_root_pi = 1.128379167095512573896158903121545172L;
    const long double z = -x * root;
    if (!(std::fabs(z) < 120)) return std::isnan(x) ? x : x > 0 ? 1 : 0;
    return (std::erfc(z) - two_over_root_pi * exact_gaussian(z) * std::fma(-x, root, -z)) / 2;
}

inline long double exact_log_cosh(long double x) {
    const long double size = std::fabs(x), sine = std::sinh(size < 1 ? size : 0);
    return size < 1 ? std::log1p(sine * sine) / 2 : size - 0.693147180559945309417232121458176568L + std::log1p(std::exp(-2 * size));
}

inline long double exact_tanh_shrink(long double x) {
    if (!(std::fabs(x) < 0.125L)) return std::isinf(x) ? x : x - std::tanh(x);
    const long double z = x * x;
    long double sum = 0; // of Taylor's series
    for (const long double c : {6404582.0L / 10854718875.0L, -929569.0L / 638512875.0L, 21844.0L / 6081075.0L, -1382.0L / 155925.0L,
                                62.0L / 2835.0L, -17.0L / 315.0L, 2.0L / 15.0L, -1.0L / 3.0L})
        sum = sum * z + c;
    return -x * z * sum;
}

/// The digamma function for x > 0, by its recurrence and asymptotic series.
inline long double exact_digamma(long double x) {
    if (!(x > 0)) return x == 0 || !std::isnan(x) ? std::nanl("") : x;
    if (std::isinf(x)) return x;
    // Where digamma is 0, a Taylor series, since the recurrence loses digits.
    const long double zero = 1.46163214496836234126265954232572132847L, d = x - zero;
    if (std::fabs(d) < 0.05L) {
        long double series = 0;
        for (const long double c :
             {0.002305126326734927836938L, -0.003369801655439328082793L, 0.004926781395729853446354L, -0.00720453438635686824097L,
              0.01053879161661217538812L, -0.0154247659049489591388L, 0.02259764823221810465962L, -0.03316112647484735929226L,
              0.04880428816414310722509L, -0.07219956125645471092612L, 0.1078240506912623657572L, -0.1639427054424065275043L,
              0.2584997609556510106244L, -0.4427631689835921060929L, 0.9676722454476211704274L})
            series = series * d + c;
        return series * d;
    }
    long double sum = 0;
    for (; x < 30; x += 1) sum -= 1 / x;
    const long double z = 1 / (x * x);
    const long double tail =
        z * (1 / 12.0L - z * (1 / 120.0L - z * (1 / 252.0L - z * (1 / 240.0L - z * (1 / 132.0L - z * 691 / 32760.0L)))));
    return sum + std::log(x) - 1 / (2 * x) - tail;
}

} // namespace ctgrad::test
