// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

/// What the loops by hand are written with: vectors of 16 floats in the compilers' own extension.
namespace bench::wide {

using f4 [[gnu::vector_size(16)]] = float;
using f8 [[gnu::vector_size(32)]] = float;
using f16 [[gnu::vector_size(64)]] = float;
using i16 [[gnu::vector_size(64)]] = std::int32_t;
inline constexpr std::size_t lanes = 16;

/// Calls `body` with the constants 0 to N - 1.
template <std::size_t N, class F>
[[gnu::always_inline]] inline void unrolled(F&& body) {
    [&]<std::size_t... I>(std::index_sequence<I...>)
        __attribute__((always_inline)) { (body(std::integral_constant<std::size_t, I>{}), ...); }(std::make_index_sequence<N>{});
}

inline f16 all(float x) { return x - f16{}; }

inline f16 load(const float* p) {
    f16 v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
inline void store(float* p, f16 v) { std::memcpy(p, &v, sizeof v); }

/// The first `n` elements (n <= 16), then zeros.
inline f16 load(const float* p, std::size_t n) {
#ifdef __AVX512F__
    return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1u), p);
#else
    f16 v{};
    std::memcpy(&v, p, n * sizeof *p);
    return v;
#endif
}
inline void store(float* p, f16 v, std::size_t n) {
#ifdef __AVX512F__
    _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1u), v);
#else
    std::memcpy(p, &v, n * sizeof *p);
#endif
}

/// The first `n` lanes of `v`, the others `other`.
inline f16 first(std::size_t n, f16 v, f16 other) {
    const i16 lane{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return lane < static_cast<std::int32_t>(n) - i16{} ? v : other;
}

inline f16 max(f16 a, f16 b) { return a > b ? a : b; }
inline f16 sqrt(f16 a) {
#ifdef __AVX512F__
    return _mm512_sqrt_ps(a);
#else
    for (std::size_t i = 0; i < lanes; ++i) a[i] = std::sqrt(a[i]);
    return a;
#endif
}

inline float sum(f16 v) {
    const f8 a = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) + __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    const f4 b = __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
    return (b[0] + b[1]) + (b[2] + b[3]);
}
inline float largest(f16 v) {
    const f8 a = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7), b = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    const f8 c = a > b ? a : b;
    const f4 d = __builtin_shufflevector(c, c, 0, 1, 2, 3), e = __builtin_shufflevector(c, c, 4, 5, 6, 7);
    const f4 f = d > e ? d : e;
    const float g = f[0] > f[1] ? f[0] : f[1], h = f[2] > f[3] ? f[2] : f[3];
    return g > h ? g : h;
}

/// The sums of 16 vectors, as one.
[[gnu::always_inline]] inline f16 sums(const f16 (&v)[16]) {
    f16 a[8], b[4], c[2];
    for (std::size_t i = 0; i < 8; ++i) // halves: 8 + 8 lanes
        a[i] = __builtin_shufflevector(v[i], v[i + 8], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
               __builtin_shufflevector(v[i], v[i + 8], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    for (std::size_t i = 0; i < 4; ++i)
        b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
               __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    for (std::size_t i = 0; i < 2; ++i)
        c[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
               __builtin_shufflevector(b[i], b[i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    return __builtin_shufflevector(c[0], c[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
           __builtin_shufflevector(c[0], c[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}

/// Four floats from each of four rows: row r of the block in lanes 4r to 4r + 3.
inline f16 rows_of_four(const float* p, std::size_t stride) {
    f4 r[4];
    for (std::size_t i = 0; i < 4; ++i) std::memcpy(&r[i], p + i * stride, sizeof r[i]);
    const f8 low = __builtin_shufflevector(r[0], r[1], 0, 1, 2, 3, 4, 5, 6, 7),
             high = __builtin_shufflevector(r[2], r[3], 0, 1, 2, 3, 4, 5, 6, 7);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

/// Columns 0 to 3 of 16 rows, a lane for each row.
inline void four_columns(const float* p, std::size_t stride, f16 (&column)[4]) {
    f16 r[4];
    for (std::size_t i = 0; i < 4; ++i) r[i] = rows_of_four(p + i * stride, 4 * stride);
    // Within each quarter a 4 x 4 transposition of row i and column.
    const f16 a = __builtin_shufflevector(r[0], r[1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    const f16 b = __builtin_shufflevector(r[2], r[3], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
    const f16 c = __builtin_shufflevector(r[0], r[1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    const f16 d = __builtin_shufflevector(r[2], r[3], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
    column[0] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    column[1] = __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    column[2] = __builtin_shufflevector(c, d, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    column[3] = __builtin_shufflevector(c, d, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

/// e^x for |x| < 87, to 2 ulp; outside, what it is at that bound.
[[gnu::always_inline]] inline f16 exp(f16 x) {
    x = max(x, all(-87.0f));
    x = x < all(88.0f) ? x : all(88.0f);
    const float magic = 12582912.0f; // 1.5 2^23: the integer is in the low bits
    const f16 shifted = x * 1.44269504f + magic;
    const f16 n = shifted - magic;
    const f16 r = (x - n * 0.693145752f) - n * 1.42860677e-6f;
    f16 p = r * 1.38888889e-3f + 8.33333333e-3f;
    p = p * r + 4.16666667e-2f;
    p = p * r + 1.66666667e-1f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    return std::bit_cast<f16>(std::bit_cast<i16>(p) + (std::bit_cast<i16>(shifted) << 23));
}

/// The even and the odd of 32 floats: two columns of 16 rows, a lane for each row.
inline void two_columns(const float* p, f16 (&column)[2]) {
    const f16 a = load(p), b = load(p + lanes);
    column[0] = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    column[1] = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/// ln x for normal x > 0. The polynomial is that of Cephes' logf.
[[gnu::always_inline]] inline f16 log(f16 x) {
    const i16 bits = std::bit_cast<i16>(x);
    const i16 away = bits - std::bit_cast<std::int32_t>(0.70710678f);
    const i16 exponent = away >> 23;
    const f16 m = std::bit_cast<f16>(bits - (exponent << 23)) - 1.0f; // in [sqrt(1/2) - 1, sqrt(2) - 1)
    const f16 e = __builtin_convertvector(exponent, f16);
    f16 p = m * 7.0376836292e-2f - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    const f16 square = m * m;
    return (e * 0.693147181f + m) + square * (m * p - 0.5f);
}

/// A row of logits of `classes` <= 16 becomes the gradient of the softmax cross-entropy, times `scale`.
/// `total` gets the sum of e^(z - max); returned is what to add to the loss besides log(total).
template <std::size_t Classes>
inline float cross_entropy_row(f16& logits, const float* labels, float scale, float& total) {
    const f16 wanted = load(labels, Classes);
    const f16 shifted = logits - largest(first(Classes, logits, all(-3e38f)));
    const f16 e = first(Classes, exp(shifted), f16{});
    total = sum(e);
    logits = (e * (1 / total) - wanted) * scale;
    return -sum(first(Classes, shifted, f16{}) * wanted);
}

/// The sum of the logarithms of `count` positive numbers in memory that is padded with ones.
inline float sum_of_logs(const float* x, std::size_t count) {
    f16 total{};
    for (std::size_t i = 0; i < count; i += lanes) total += log(load(x + i));
    return sum(total);
}

/// The mean loss of rows of logits, 16 numbers apart, which become its gradient. `totals` is memory for a number
/// a row, padded with ones.
template <std::size_t Classes>
inline float cross_entropy(std::size_t rows, float* logits, const float* labels, float* totals) {
    float loss = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        f16 z = load(logits + i * lanes);
        loss += cross_entropy_row<Classes>(z, labels + i * Classes, 1 / static_cast<float>(rows), totals[i]);
        store(logits + i * lanes, z);
    }
    return (loss + sum_of_logs(totals, rows)) / static_cast<float>(rows);
}

} // namespace bench::wide
