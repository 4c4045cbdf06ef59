// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/convolution/segments.hpp>
#include <ctgrad/simd/compare.hpp>

/// @file Convolutions of each channel by itself: lanes along the channels, no sums over them.

namespace ctgrad::detail {

/// A row of results: `count` pixels, each the sum over `terms` of a pixel of a, `a_row` from result to result, times a row of b.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] void add_by_channels(const segment<T>* part, std::int64_t terms, std::int64_t channels,
                                                         std::int64_t a_row, std::int64_t count, T* c, std::int64_t c_row) {
    using vector = full_vec<T>;
    constexpr int W = vector::lanes, tile = 8;
    for (std::int64_t first = 0; first < channels; first += W) {
        const int n = static_cast<int>(simd::min(std::int64_t{W}, channels - first));
        const auto run = [&]<int Rows>(std::integral_constant<int, Rows>, std::int64_t j) __attribute__((always_inline)) {
            counted<vector, Rows> sum;
            unrolled(up_to<Rows>, [&]<int R>() __attribute__((always_inline)) { sum[R] = vector(T(0)); });
            for (std::int64_t t = 0; t < terms; ++t) {
                const vector factor = load_first<T>(part[t].b + first, n);
                const T* const a = part[t].a + first + j * a_row;
                unrolled(up_to<Rows>, [&]<int R>() __attribute__((always_inline)) {
                    sum[R] = simd::fma(load_first<T>(a + R * a_row, n), factor, sum[R]);
                });
            }
            unrolled(up_to<Rows>, [&]<int R>() __attribute__((always_inline)) { store_first<T>(c + first + (j + R) * c_row, sum[R], n); });
        };
        std::int64_t j = 0;
        for (; j + tile <= count; j += tile) run(std::integral_constant<int, tile>{}, j);
        for (; j < count; ++j) run(std::integral_constant<int, 1>{}, j);
    }
}

/// Adds to the sums c, one a channel, the products of pixels of a, `a_step` apart, and of b, `b_step` apart, `depth` of them in each
/// of `rows` segments.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] void sum_by_channels(const segment<T>* part, std::int64_t rows, std::int64_t channels,
                                                         std::int64_t a_from, std::int64_t a_step, std::int64_t b_step, std::int64_t depth,
                                                         T* c) {
    using vector = full_vec<T>;
    constexpr int W = vector::lanes, chains = 4;
    for (std::int64_t first = 0; first < channels; first += W) {
        const int n = static_cast<int>(simd::min(std::int64_t{W}, channels - first));
        counted<vector, chains> sum;
        unrolled(up_to<chains>, [&]<int C>() __attribute__((always_inline)) { sum[C] = vector(T(0)); });
        for (std::int64_t r = 0; r < rows; ++r) {
            const T *a = part[r].a + a_from + first, *b = part[r].b + first;
            std::int64_t p = 0;
            for (; p + chains <= depth; p += chains, a += chains * a_step, b += chains * b_step)
                unrolled(up_to<chains>, [&]<int C>() __attribute__((always_inline)) {
                    sum[C] = simd::fma(load_first<T>(a + C * a_step, n), load_first<T>(b + C * b_step, n), sum[C]);
                });
            for (; p < depth; ++p, a += a_step, b += b_step) sum[0] = simd::fma(load_first<T>(a, n), load_first<T>(b, n), sum[0]);
        }
        store_first<T>(c + first, load_first<T>(c + first, n) + ((sum[0] + sum[1]) + (sum[2] + sum[3])), n);
    }
}

} // namespace ctgrad::detail
