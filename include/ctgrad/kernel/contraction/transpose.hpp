// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/register_tile.hpp>

namespace ctgrad::detail {

/// How many elements fill 16 bytes: what moves between registers and memory in one piece.
template <class T>
inline constexpr int piece_lanes = 16 / static_cast<int>(sizeof(T));

/// `Pieces` pieces of memory, `stride` elements apart, as one vec.
template <class T, int Pieces>
[[gnu::always_inline]] inline auto load_pieces(const T* from, std::int64_t stride) {
    if constexpr (Pieces == 1)
        return simd::load<simd::vec<T, piece_lanes<T>>>(from);
    else
        return simd::join(load_pieces<T, Pieces / 2>(from, stride), load_pieces<T, Pieces / 2>(from + Pieces / 2 * stride, stride));
}

/// The pieces from the rows i, i + step, i + 2 step, ... as one vec; after row `last` that one again.
template <class T, int Pieces>
[[gnu::always_inline]] inline auto load_pieces(const T* from, std::int64_t stride, int i, int step, int last) {
    if constexpr (Pieces == 1)
        return simd::load<simd::vec<T, piece_lanes<T>>>(from + (i < last ? i : last) * stride);
    else
        return simd::join(load_pieces<T, Pieces / 2>(from, stride, i, step, last),
                          load_pieces<T, Pieces / 2>(from, stride, i + Pieces / 2 * step, step, last));
}

/// Piece `P` of x.
template <int P, class T, int W>
[[gnu::always_inline]] inline simd::vec<T, piece_lanes<T>> part_of(simd::vec<T, W> x) {
    return simd::detail::lanes_from<P * piece_lanes<T>>(x, simd::detail::indices<piece_lanes<T>>{});
}

/// Stores the pieces of x `stride` elements apart.
template <class T, int W>
[[gnu::always_inline]] inline void store_pieces(T* to, std::int64_t stride, simd::vec<T, W> x) {
    constexpr int pieces = W / piece_lanes<T>;
    if constexpr (pieces == 1)
        simd::store(to, x);
    else {
        store_pieces(to, stride, simd::lower(x));
        store_pieces(to + pieces / 2 * stride, stride, simd::upper(x));
    }
}

/// Lanes of a and b in turn, within each piece: those of the first halves of the pieces, or of the second.
template <int Half, int Group, class T, int W, int... I>
[[gnu::always_inline]] inline simd::vec<T, W> interleave(simd::vec<T, W> a, simd::vec<T, W> b, simd::detail::index_pack<int, I...>) {
    constexpr int piece = piece_lanes<T>;
    return simd::vec<T, W>{__builtin_shufflevector(
        a.native, b.native,
        (I / piece * piece + Half * piece / 2 + I % piece / (2 * Group) * Group + I % Group + (I / Group % 2) * W)...)};
}

/// Transposes the square of each piece: x[r], lane c of a piece goes to x[c], lane r of that piece.
template <class T, int W>
[[gnu::always_inline]] inline void transpose_pieces(simd::vec<T, W> (&x)[static_cast<std::size_t>(piece_lanes<T>)]) {
    constexpr simd::detail::indices<W> all{};
    if constexpr (piece_lanes<T> == 2) {
        const simd::vec<T, W> first = interleave<0, 1>(x[0], x[1], all);
        x[1] = interleave<1, 1>(x[0], x[1], all);
        x[0] = first;
    } else {
        static_assert(piece_lanes<T> == 4);
        const simd::vec<T, W> a = interleave<0, 1>(x[0], x[1], all), b = interleave<1, 1>(x[0], x[1], all);
        const simd::vec<T, W> c = interleave<0, 1>(x[2], x[3], all), d = interleave<1, 1>(x[2], x[3], all);
        x[0] = interleave<0, 2>(a, c, all);
        x[1] = interleave<1, 2>(a, c, all);
        x[2] = interleave<0, 2>(b, d, all);
        x[3] = interleave<1, 2>(b, d, all);
    }
}

/// Transposes a vector of rows: to[c * to_stride + r] = from[r * from_stride + c], r < W. After row `last`
/// that one is read again.
template <class T>
[[gnu::always_inline]] inline void transpose_vector(const T* from, std::int64_t from_stride, int last, std::int64_t columns, T* to,
                                                    std::int64_t to_stride) {
    constexpr int W = simd::native_lanes<T>, piece = piece_lanes<T>;
    for (std::int64_t c = 0; c < columns; c += piece) {
        // the last piece may overlap the one before it
        const std::int64_t first = c + piece <= columns ? c : columns - piece;
        counted<full_vec<T>, piece> x;
        unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
            x[I] = last + 1 < W ? load_pieces<T, W / piece>(from + first, from_stride, I, piece, last)
                                : load_pieces<T, W / piece>(from + I * from_stride + first, piece * from_stride);
        });
        transpose_pieces<T, W>(x);
        unrolled<piece>([&]<int I>() __attribute__((always_inline)) { simd::store(to + (first + I) * to_stride, x[I]); });
    }
}

/// to[c * to_stride + r] = from[r * from_stride + c]. There is room for whole vectors, whose lanes after
/// the last row get numbers that are there already.
template <class T>
[[gnu::noinline]] inline void transpose(const T* from, std::int64_t from_stride, std::int64_t rows, std::int64_t columns, T* to,
                                        std::int64_t to_stride) {
    constexpr int W = simd::native_lanes<T>;
    if (columns < piece_lanes<T>) {
        for (std::int64_t c = 0; c < columns; ++c)
            for (std::int64_t r = 0; r < rows; ++r) to[c * to_stride + r] = from[r * from_stride + c];
        return;
    }
    std::int64_t left = rows;
    for (; left >= W; left -= W, from += W * from_stride, to += W) transpose_vector<T>(from, from_stride, W - 1, columns, to, to_stride);
    if (left > 0) transpose_vector<T>(from, from_stride, static_cast<int>(left - 1), columns, to, to_stride);
}

} // namespace ctgrad::detail
