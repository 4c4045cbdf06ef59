// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

namespace ctgrad::detail {

/// `W` short rows of memory with a register for each column: lanes are rows.
template <class T, int W, int Columns>
struct column_tile {
    counted<simd::vec<T, W>, Columns> column;

    /// Loads `n` <= W rows; after the last one that again.
    [[gnu::always_inline]] void load(const T* from, std::int64_t stride, int n) {
        if constexpr (Columns < piece)
            unrolled<Columns>([&]<int C>() __attribute__((always_inline)) {
                for (int r = 0; r < W; ++r) column[C].native[r] = from[(r < n ? r : n - 1) * stride + C];
            });
        else
            for_each_piece([&]<int First>() __attribute__((always_inline)) {
                counted<simd::vec<T, W>, piece> x;
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
                    x[I] = n == W ? load_pieces<T, W / piece>(from + I * stride + First, piece * stride)
                                  : load_pieces<T, W / piece>(from + First, stride, I, piece, n - 1);
                });
                transpose_pieces<T, W>(x);
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) { column[First + I] = x[I]; });
            });
    }
    /// Stores the first `n` rows.
    [[gnu::always_inline]] void store(T* to, std::int64_t stride, int n) const {
        if constexpr (Columns < piece)
            unrolled<Columns>([&]<int C>() __attribute__((always_inline)) {
                for (int r = 0; r < n; ++r) to[r * stride + C] = column[C].native[r];
            });
        else
            for_each_piece([&]<int First>() __attribute__((always_inline)) {
                counted<simd::vec<T, W>, piece> x;
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) { x[I] = column[First + I]; });
                transpose_pieces<T, W>(x);
                unrolled<W>([&]<int R>() __attribute__((always_inline)) {
                    if (R < n) simd::store(to + R * stride + First, part_of<R / piece>(x[R % piece]));
                });
            });
    }

private:
    static constexpr int piece = piece_lanes<T>;

    /// Pieces are of adjacent columns; the last may overlap the one before it.
    template <class Visit>
    [[gnu::always_inline]] static void for_each_piece(Visit visit) {
        unrolled<(Columns + piece - 1) / piece>([&]<int P>() __attribute__((always_inline)) {
            visit.template operator()<((P + 1) * piece <= Columns ? P * piece : Columns - piece)>();
        });
    }
};

} // namespace ctgrad::detail
