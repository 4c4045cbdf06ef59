// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

namespace ctgrad::detail {

/// As many short rows of memory as a register has lanes, with a register for each column: lanes are rows.
template <class T, int Columns>
struct column_tile {
    static constexpr int W = simd::native_lanes<T>;
    counted<full_vec<T>, Columns> column;

    /// Loads `n` <= W rows; after the last one that again.
    [[gnu::always_inline]] void load(const T* from, std::int64_t stride, int n) {
        for_each_piece([&]<int First>() __attribute__((always_inline)) {
            counted<full_vec<T>, piece> x;
            if constexpr (Columns < piece)
                load_short_rows(up_to<piece>, x, from, stride, n - 1);
            else
                load_rows(from + First, stride, n - 1, x);
            transpose_pieces<T, W>(x);
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((column[First + I] = x[I]), ...); }(up_to<row_piece>);
        });
    }
    /// Stores the first `n` rows, in order: what is stored behind a short one is written over by the next.
    [[gnu::always_inline]] void store(T* to, std::int64_t stride, int n) const {
        for_each_piece([&]<int First>() __attribute__((always_inline)) {
            counted<full_vec<T>, piece> x;
            [&]<int... I>(index_pack<I...>)
                __attribute__((always_inline)) { ((x[I] = column[First + (I < row_piece ? I : 0)]), ...); }(up_to<piece>);
            transpose_pieces<T, W>(x);
            store_rows_of_piece<Columns>(up_to<W>, to + First, stride, x, n);
        });
    }

private:
    static constexpr int piece = piece_lanes<T>, row_piece = Columns < piece ? Columns : piece;

    template <int... I>
    [[gnu::always_inline]] static void load_short_rows(index_pack<I...>, full_vec<T>* x, const T* from, std::int64_t stride, int last) {
        ((x[I] = load_short<W / piece>(from, stride, I, last)), ...);
    }
    /// The rows i, i + piece, i + 2 piece, ..., shorter than a piece: before the last there is more to read.
    template <int Pieces>
    [[gnu::always_inline]] static auto load_short(const T* from, std::int64_t stride, int i, int last) {
        using vector = piece_vec<T>;
        if constexpr (Pieces == 1)
            return i < last ? simd::load<vector>(from + i * stride) : simd::load_partial<vector>(from + last * stride, row_piece);
        else
            return simd::join(load_short<Pieces / 2>(from, stride, i, last),
                              load_short<Pieces / 2>(from, stride, i + Pieces / 2 * piece, last));
    }
    /// Pieces are of adjacent columns; the last may overlap the one before it.
    template <class Visit>
    [[gnu::always_inline]] static void for_each_piece(Visit visit) {
        unrolled(up_to<(Columns + piece - 1) / piece>, [&]<int P>() __attribute__((always_inline)) {
            visit.template operator()<((P + 1) * row_piece <= Columns ? P * piece : Columns - row_piece)>();
        });
    }
};

} // namespace ctgrad::detail
