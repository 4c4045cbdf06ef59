// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

#include <cstring>

namespace ctgrad::detail {

/// `W` short rows of memory with a register for each column: lanes are rows.
template <class T, int W, int Columns>
struct column_tile {
    counted<simd::vec<T, W>, Columns> column;

    /// Loads `n` <= W rows; zeros behind them.
    [[gnu::always_inline]] void load(const T* from, std::int64_t stride, int n) {
        if (n == W) return load_rows(from, stride);
        T rows[static_cast<std::size_t>(W * Columns)]{};
        for (int r = 0; r < n; ++r) std::memcpy(rows + r * Columns, from + r * stride, Columns * sizeof(T));
        load_rows(rows, Columns);
    }
    [[gnu::always_inline]] void store(T* to, std::int64_t stride, int n) const {
        if (n == W) return store_rows(to, stride);
        T rows[static_cast<std::size_t>(W * Columns)];
        store_rows(rows, Columns);
        for (int r = 0; r < n; ++r) std::memcpy(to + r * stride, rows + r * Columns, Columns * sizeof(T));
    }

private:
    static constexpr int piece = piece_lanes<T>;
    static constexpr int pieces = (Columns + piece - 1) / piece;
    /// Pieces are of adjacent columns; the last may overlap the one before it.
    static constexpr int first_of(int p) { return (p + 1) * piece <= Columns ? p * piece : Columns - piece; }

    [[gnu::always_inline]] void load_rows(const T* from, std::int64_t stride) {
        if constexpr (Columns < piece)
            unrolled<Columns>([&]<int C>() __attribute__((always_inline)) {
                for (int r = 0; r < W; ++r) column[C].native[r] = from[r * stride + C];
            });
        else
            unrolled<pieces>([&]<int P>() __attribute__((always_inline)) {
                constexpr int first = first_of(P);
                counted<simd::vec<T, W>, piece> x;
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
                    x[I] = load_pieces<T, W / piece>(from + I * stride + first, piece * stride);
                });
                transpose_pieces<T, W>(x);
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) { column[first + I] = x[I]; });
            });
    }
    [[gnu::always_inline]] void store_rows(T* to, std::int64_t stride) const {
        if constexpr (Columns < piece)
            unrolled<Columns>([&]<int C>() __attribute__((always_inline)) {
                for (int r = 0; r < W; ++r) to[r * stride + C] = column[C].native[r];
            });
        else
            unrolled<pieces>([&]<int P>() __attribute__((always_inline)) {
                constexpr int first = first_of(P);
                counted<simd::vec<T, W>, piece> x;
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) { x[I] = column[first + I]; });
                transpose_pieces<T, W>(x);
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
                    store_pieces(to + I * stride + first, piece * stride, x[I]);
                });
            });
    }
};

} // namespace ctgrad::detail
