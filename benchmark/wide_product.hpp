// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "wide.hpp"

namespace bench::wide {

/// Elements of a matrix that is read one at a time: its steps from row to row and from column to column.
struct walked {
    const float* data;
    std::size_t row, column;
};

/// A tile of Rows x 16 Vectors of a product, in registers: `a` from its first row, `b` from its first column,
/// which lies row-major with `width` numbers a row.
template <std::size_t Rows, std::size_t Vectors>
[[gnu::always_inline]] inline void product_tile(walked a, const float* b, std::size_t width, std::size_t depth, f16 (&sum)[Rows][Vectors]) {
    unrolled<Rows>([&](auto r) { unrolled<Vectors>([&](auto v) { sum[r][v] = f16{}; }); });
    for (std::size_t k = 0; k < depth; ++k) {
        f16 right[Vectors];
        unrolled<Vectors>([&](auto v) { right[v] = load(b + k * width + v * lanes); });
        unrolled<Rows>([&](auto r) {
            const f16 left = all(a.data[r * a.row + k * a.column]);
            unrolled<Vectors>([&](auto v) { sum[r][v] += left * right[v]; });
        });
    }
}

/// Calls `use(row, column, tile)` with the tiles of a product of `rows` x `columns` (a multiple of 16 Vectors).
template <std::size_t Rows, std::size_t Vectors, class F>
void product(std::size_t rows, std::size_t columns, std::size_t depth, walked a, const float* b, std::size_t width, F use) {
    for (std::size_t j = 0; j < columns; j += Vectors * lanes) {
        std::size_t i = 0;
        const auto tiles = [&]<std::size_t R>(std::integral_constant<std::size_t, R>) {
            for (; i + R <= rows; i += R) {
                f16 sum[R][Vectors];
                product_tile(walked{a.data + i * a.row, a.row, a.column}, b + j, width, depth, sum);
                use(i, j, sum);
            }
        };
        tiles(std::integral_constant<std::size_t, Rows>{});
        if constexpr (Rows > 8) tiles(std::integral_constant<std::size_t, 8>{});
        if constexpr (Rows > 2) tiles(std::integral_constant<std::size_t, 2>{});
        if constexpr (Rows > 1) tiles(std::integral_constant<std::size_t, 1>{});
    }
}

/// Calls `use(row, vectors)` with the lines of a tile that starts at `row`. Unrolled: a short product's tile never leaves the registers.
template <std::size_t Rows, std::size_t Vectors, class F>
[[gnu::always_inline]] inline void lines(std::size_t row, const f16 (&tile)[Rows][Vectors], F&& use) {
    unrolled<Rows>([&](auto r) { use(row + r, tile[r]); });
}

/// out[i, :] = bias + in[i, :] weights for few columns: sums along the rows of `in`, `weights` lies transposed, rows of
/// `bias` and `out` are 16 numbers.
template <std::size_t Columns>
void dot_products(std::size_t rows, std::size_t depth, const float* in, const float* weights, const float* bias, float* out) {
    const auto some = [&]<std::size_t R>(std::integral_constant<std::size_t, R>, std::size_t i) {
        f16 z[R][lanes]{};
        for (std::size_t k = 0; k < depth; k += lanes) {
            f16 v[R];
            unrolled<R>([&](auto r) { v[r] = load(in + (i + r) * depth + k); });
            unrolled<Columns>([&](auto c) {
                const f16 w = load(weights + c * depth + k);
                unrolled<R>([&](auto r) { z[r][c] += v[r] * w; });
            });
        }
        unrolled<R>([&](auto r) { store(out + (i + r) * lanes, sums(z[r]) + load(bias)); });
    };
    std::size_t i = 0;
    for (; i + 2 <= rows; i += 2) some(std::integral_constant<std::size_t, 2>{}, i);
    if (i < rows) some(std::integral_constant<std::size_t, 1>{}, i);
}

} // namespace bench::wide
