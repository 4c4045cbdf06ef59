// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

/// What the loops by hand of double are written with: vectors of 8 in the compilers' own extension.
namespace bench::wide {

using d4 [[gnu::vector_size(32)]] = double;
using d8 [[gnu::vector_size(64)]] = double;
using l8 [[gnu::vector_size(64)]] = std::int64_t;
inline constexpr std::size_t double_lanes = 8;

inline d8 all_double(double x) { return x - d8{}; }
inline d8 load_double(const double* p) {
    d8 v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
inline void store_double(double* p, d8 v) { std::memcpy(p, &v, sizeof v); }
inline d8 max(d8 a, d8 b) { return a > b ? a : b; }
inline double sum(d8 v) {
    const d4 a = __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
    return (a[0] + a[1]) + (a[2] + a[3]);
}
inline double largest(d8 v) {
    const d4 a = __builtin_shufflevector(v, v, 0, 1, 2, 3), b = __builtin_shufflevector(v, v, 4, 5, 6, 7);
    const d4 c = a > b ? a : b;
    const double d = c[0] > c[1] ? c[0] : c[1], e = c[2] > c[3] ? c[2] : c[3];
    return d > e ? d : e;
}

/// e^x for |x| < 700, to 1 ulp: the power of two by shifting, Taylor's series of degree 13 for the rest.
[[gnu::always_inline]] inline d8 exp(d8 x) {
    const double magic = 6755399441055744.0; // 1.5 2^52: the integer is in the low bits
    const d8 shifted = x * 1.4426950408889634 + magic;
    const d8 n = shifted - magic;
    const d8 r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
    const d8 s = r * r;
    // two halves by Horner's rule in r^2, side by side
    d8 even = s * 2.08767569878681e-9 + 2.75573192239859e-7;
    d8 odd = s * 1.6059043836821613e-10 + 2.505210838544172e-8;
    even = even * s + 2.48015873015873e-5;
    odd = odd * s + 2.7557319223985893e-6;
    even = even * s + 1.38888888888889e-3;
    odd = odd * s + 1.984126984126984e-4;
    even = even * s + 4.16666666666667e-2;
    odd = odd * s + 8.333333333333333e-3;
    even = even * s + 0.5;
    odd = odd * s + 0.16666666666666666;
    even = even * s + 1.0;
    odd = odd * s + 1.0;
    return std::bit_cast<d8>(std::bit_cast<l8>(even + odd * r) + (std::bit_cast<l8>(shifted) << 52));
}

/// ln x for normal x > 0, to 1 ulp: 2 artanh((m - 1) / (m + 1)) of the mantissa m by fdlibm's polynomial, and the exponent.
[[gnu::always_inline]] inline d8 log(d8 x) {
    const l8 bits = std::bit_cast<l8>(x);
    const l8 away = bits - std::bit_cast<std::int64_t>(0.70710678118654752440);
    const l8 exponent = away >> 52;
    const d8 m = std::bit_cast<d8>(bits - (exponent << 52)); // in [sqrt(1/2), sqrt(2))
    const d8 n = __builtin_convertvector(exponent, d8);
    const d8 t = (m - 1) / (m + 1), s = t * t, s2 = s * s;
    // ln m - 2 t is t (even + odd)
    const d8 even = s2 * (s2 * (s2 * 1.531383769920937332e-1 + 2.222219843214978396e-1) + 3.999999999940941908e-1);
    const d8 odd =
        s * (s2 * (s2 * (s2 * 1.479819860511658591e-1 + 1.818357216161805012e-1) + 2.857142874366239149e-1) + 6.666666666666735130e-1);
    const d8 f = m - 1, half = 0.5 * f * f;
    return n * 6.93147180369123816490e-1 - ((half - (t * (half + (even + odd)) + n * 1.90821492927058770002e-10)) - f);
}

/// sin x and cos x for |x| < 1e5, to 1 ulp: fdlibm's polynomials on [-pi/4, pi/4].
[[gnu::always_inline]] inline void sin_cos(d8 x, d8& sine, d8& cosine) {
    const double magic = 6755399441055744.0; // 1.5 2^52: the quadrant is in the low bits
    const d8 shifted = x * 0.63661977236758134 + magic;
    const d8 n = shifted - magic;
    const l8 quadrant = std::bit_cast<l8>(shifted);
    const d8 r = ((x - n * 1.57079632673412561417) - n * 6.07710050630396597660e-11) - n * 2.02226624879595063154e-21;
    const d8 s = r * r;
    d8 odd = s * 1.58969099521155010221e-10 - 2.50507602534068634195e-8;
    d8 even = s * -1.13596475577881948265e-11 + 2.08757232129817482790e-9;
    odd = odd * s + 2.75573137070700676789e-6;
    even = even * s - 2.75573143513906633035e-7;
    odd = odd * s - 1.98412698298579493134e-4;
    even = even * s + 2.48015872894767294178e-5;
    odd = odd * s + 8.33333333332248946124e-3;
    even = even * s - 1.38888888888741095749e-3;
    odd = odd * s - 1.66666666666666324348e-1;
    even = even * s + 4.16666666666666019037e-2;
    const d8 sin_r = odd * s * r + r, cos_r = (1 - 0.5 * s) + even * s * s;
    const auto swapped = (quadrant & 1) != l8{};
    const auto signed_as = [](d8 v, l8 which) { return std::bit_cast<d8>(std::bit_cast<l8>(v) ^ ((which & 2) << 62)); };
    sine = signed_as(swapped ? cos_r : sin_r, quadrant);
    cosine = signed_as(swapped ? sin_r : cos_r, quadrant + 1);
}

inline d8 sqrt(d8 x) {
#ifdef __AVX512F__
    return _mm512_sqrt_pd(x);
#else
    for (int i = 0; i < 8; ++i) x[i] = std::sqrt(x[i]);
    return x;
#endif
}
inline d8 abs(d8 x) { return std::bit_cast<d8>(std::bit_cast<l8>(x) & 0x7fffffffffffffff); }
/// Whether any lane of a mask is set.
inline bool any(l8 mask) {
#ifdef __AVX512F__
    return _mm512_movepi64_mask(std::bit_cast<__m512i>(mask)) != 0;
#else
    std::int64_t found = 0;
    for (int i = 0; i < 8; ++i) found |= mask[i];
    return found != 0;
#endif
}

} // namespace bench::wide
