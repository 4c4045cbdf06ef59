// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/register_tile.hpp>
#include <ctgrad/simd/target.hpp>

namespace ctgrad::detail {

/// How many elements fill 16 bytes: what moves between registers and memory in one piece.
template <class T>
inline constexpr int piece_lanes = 16 / static_cast<int>(sizeof(T));

template <class T>
using piece_vec = simd::vec<T, piece_lanes<T>>;

/// Depends on T, so that what a target does not have is not looked at.
template <class T>
using instructions_of = std::enable_if_t<std::is_arithmetic_v<T>, simd::detail::wide_instructions>;

/// `x` with piece P replaced by `y`, where targets have an instruction for it.
template <int P, class T>
[[gnu::always_inline]] inline full_vec<T> with_piece(full_vec<T> x, piece_vec<T> y) {
    using wide = typename simd::vec<float, 16>::native_type;
    using narrow = typename simd::vec<float, 4>::native_type;
    return full_vec<T>{reinterpret_cast<typename full_vec<T>::native_type>(
        instructions_of<T>::template insert_piece<P>(reinterpret_cast<wide>(x.native), reinterpret_cast<narrow>(y.native)))};
}
template <int P, class T>
[[gnu::always_inline]] inline piece_vec<T> piece_of(const full_vec<T>& x) {
    if constexpr (instructions_of<T>::has_pieces) {
        using wide = typename simd::vec<float, 16>::native_type;
        return piece_vec<T>{reinterpret_cast<typename piece_vec<T>::native_type>(
            instructions_of<T>::template extract_piece<P>(reinterpret_cast<wide>(x.native)))};
    } else {
        return simd::detail::lanes_from<P * piece_lanes<T>>(x, simd::detail::indices<piece_lanes<T>>{});
    }
}

/// The pieces at the addresses at(0), at(1), ... at(Pieces - 1) as one vec.
template <class T, int Pieces = simd::native_lanes<T> / piece_lanes<T>, class At>
[[gnu::always_inline]] inline auto load_pieces(const At& at) {
    if constexpr (instructions_of<T>::has_pieces) {
        const auto piece = [&](int p) __attribute__((always_inline)) { return simd::load<piece_vec<T>>(at(p)); };
        full_vec<T> x = with_piece<1, T>(with_piece<0, T>(full_vec<T>(T(0)), piece(0)), piece(1));
        return with_piece<3, T>(with_piece<2, T>(x, piece(2)), piece(3));
    } else if constexpr (Pieces == 1)
        return simd::load<piece_vec<T>>(at(0));
    else
        return simd::join(load_pieces<T, Pieces / 2>(at),
                          load_pieces<T, Pieces / 2>([&](int p) __attribute__((always_inline)) { return at(p + Pieces / 2); }));
}

/// The pieces at `from` of W rows, `stride` apart, in vecs of the rows i, i + piece_lanes, ... each. After
/// row `last` that one is read again.
template <class T>
[[gnu::always_inline]] inline void load_rows(const T* from, std::int64_t stride, int last, full_vec<T>* x) {
    constexpr int piece = piece_lanes<T>;
    const auto load = [&](int i) __attribute__((always_inline)) {
        return load_pieces<T>([&](int p) __attribute__((always_inline)) {
            const int row = p * piece + i;
            return from + (last + 1 >= simd::native_lanes<T> || row < last ? row : last) * stride;
        });
    };
    [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((x[I] = load(I)), ...); }(up_to<piece>);
}

/// Lanes of a and b in turn, within each piece: those of the first halves of the pieces, or of the second.
template <int Half, int Group, class T, int W, int... I>
[[gnu::always_inline]] inline simd::vec<T, W> interleave(simd::vec<T, W> a, simd::vec<T, W> b, simd::detail::index_pack<int, I...>) {
    constexpr int piece = piece_lanes<T>;
    return simd::vec<T, W>{__builtin_shufflevector(
        a.native, b.native, (I / piece * piece + Half * piece / 2 + I % piece / (2 * Group) * Group + I % Group + (I / Group % 2) * W)...)};
}

/// Transposes the square of each piece: x[r], lane c of a piece goes to x[c], lane r of that piece.
template <class T, int W>
[[gnu::always_inline]] inline void transpose_pieces(simd::vec<T, W>* x) {
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

/// Stores part of a row, if it counts, of which `Columns` are left.
template <int Columns, class T>
[[gnu::always_inline]] inline void store_part_of_row(bool counts, bool whole, T* to, piece_vec<T> part) {
    if (!counts) return;
    if (Columns >= piece_lanes<T> || whole)
        simd::store(to, part);
    else
        simd::store_partial(to, part, Columns < piece_lanes<T> ? Columns : piece_lanes<T>);
}
/// Stores a piece of `rows` rows, which lie in the pieces of x, in order: what is stored behind a short one is written over by the next.
template <int Columns, class T, int W, int... R>
[[gnu::always_inline]] inline void store_rows_of_piece(index_pack<R...>, T* to, std::int64_t row_stride, const simd::vec<T, W>* x,
                                                       int rows) {
    constexpr int piece = piece_lanes<T>;
    (store_part_of_row<Columns>(R < rows, row_stride == Columns && (rows - R) * Columns >= piece, to + R * row_stride,
                                piece_of<R / piece, T>(x[R % piece])),
     ...);
}

/// Transposes a vector of rows: to[c * to_stride + r] = from[r * from_stride + c], r < W. After row `last`
/// that one is read again.
template <class T>
[[gnu::always_inline]] inline void transpose_vector(const T* from, std::int64_t from_stride, int last, std::int64_t columns, T* to,
                                                    std::int64_t to_stride) {
    constexpr int piece = piece_lanes<T>;
    for (std::int64_t c = 0; c < columns; c += piece) {
        // the last piece may overlap the one before it
        const std::int64_t first = c + piece <= columns ? c : columns - piece;
        counted<full_vec<T>, piece> x;
        load_rows(from + first, from_stride, last, x);
        transpose_pieces(x);
        [&]<int... I>(index_pack<I...>)
            __attribute__((always_inline)) { (simd::store(to + (first + I) * to_stride, x[I]), ...); }(up_to<piece>);
    }
}

/// to[c * to_stride + r] = from[r * from_stride + c]. There is room for whole vectors, whose lanes after
/// the last row get numbers that are there already.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void transpose(const T* from, std::int64_t from_stride, std::int64_t rows, std::int64_t columns,
                                                          T* to, std::int64_t to_stride) {
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
