// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

namespace ctgrad::detail {

/// Products with few columns, lanes along the rows, which are adjacent in a: a weight gradient x^T dy
/// with 10 columns fills all lanes this way. Tiles are transposed on their way to memory.
template <class T, int Vectors, int Columns>
struct row_lanes_tile {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int piece = piece_lanes<T>;
    counted<full_vec<T>, Vectors * Columns> sum; ///< Column by column.

    [[gnu::always_inline]] void clear() {
        unrolled<Vectors * Columns>([&]<int I>() __attribute__((always_inline)) { sum[I] = full_vec<T>(T(0)); });
    }

    /// Adds a b, of whose rows `last` lie in the last vector; depth > 0.
    [[gnu::always_inline]] void add_product(const matrix<const T>& a, const matrix<const T>& b, std::int64_t depth, int last) {
        const T* from = a.data;
        const T* factors = b.data;
        std::int64_t k = depth;
        do {
            counted<full_vec<T>, Vectors> x;
            unrolled<Vectors>([&]<int V>() __attribute__((always_inline)) {
                x[V] = load_first<T>(from + V * W, V + 1 == Vectors ? last : W);
            });
            full_vec<T> factor;
            unrolled<Columns * Vectors>([&]<int I>() __attribute__((always_inline)) {
                if constexpr (I % Vectors == 0) factor = full_vec<T>(factors[I / Vectors * b.column_stride]);
                sum[I] = simd::fma(x[I % Vectors], factor, sum[I]);
            });
            from += a.column_stride;
            factors += b.row_stride;
        } while (--k > 0);
    }

    /// Stores the tile row by row.
    [[gnu::always_inline]] void store(T* to, std::int64_t row_stride, int last) const {
        unrolled<Vectors>([&]<int V>() __attribute__((always_inline)) {
            store_vector<V>(to + V * W * row_stride, row_stride, V + 1 == Vectors ? last : W);
        });
    }

private:
    template <int V>
    [[gnu::always_inline]] void store_vector(T* to, std::int64_t row_stride, int rows) const {
        if (Columns == 1 && row_stride == 1)
            store_first<T>(to, sum[V], rows);
        else if (Columns >= piece && rows == W) {
            // the last piece of columns may overlap the one before it
            unrolled<(Columns + piece - 1) / piece>([&]<int P>() __attribute__((always_inline)) {
                constexpr int first = (P + 1) * piece <= Columns ? P * piece : (Columns > piece ? Columns - piece : 0);
                counted<full_vec<T>, piece> x;
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
                    x[I] = sum[(first + I < Columns ? first + I : 0) * Vectors + V];
                });
                transpose_pieces<T, W>(x);
                unrolled<piece>([&]<int I>() __attribute__((always_inline)) {
                    store_pieces(to + I * row_stride + first, piece * row_stride, x[I]);
                });
            });
        } else {
            alignas(64) T columns[static_cast<std::size_t>(Columns * W)];
            unrolled<Columns>([&]<int C>() __attribute__((always_inline)) { simd::store(columns + C * W, sum[C * Vectors + V]); });
            for (int r = 0; r < rows; ++r)
                for (int c = 0; c < Columns; ++c) to[r * row_stride + c] = columns[c * W + r];
        }
    }
};

/// Vectors of rows of a tile: as many as the registers allow.
template <int Columns>
inline constexpr int row_lanes_vectors = [] {
    constexpr int most = (vector_registers == 32 ? 24 : 12) / Columns;
    return most >= 4 ? 4 : most >= 2 ? 2 : 1;
}();

template <class T, int Vectors, int Columns, class Sink>
[[gnu::always_inline]] inline void contract_vectors_along_rows(const matrix<const T>& a, const matrix<const T>& b,
                                                               std::int64_t depth, std::int64_t i, int last, Sink& sink) {
    row_lanes_tile<T, Vectors, Columns> tile;
    tile.clear();
    if (depth > 0) tile.add_product(a.from(i, 0), b, depth, last);
    tile.store(sink.block(i, 0), sink.row_stride, last);
    sink.done(i, (Vectors - 1) * simd::native_lanes<T> + last, 0, Columns);
}

/// c = a b, where the columns of a have adjacent elements.
template <class T, int Columns, class Rows, class Depth, class Sink>
[[gnu::always_inline]] inline void contract_along_rows(const matrix<const T>& a, const matrix<const T>& b, Rows rows, Depth depth,
                                                       Sink& sink) {
    constexpr int W = simd::native_lanes<T>;
    constexpr std::int64_t known = fixed_value<Rows>;
    constexpr int most = row_lanes_vectors<Columns>;
    constexpr int vectors = known < 0 || known >= most * W ? most : known < W ? 1 : static_cast<int>(known / W);
    std::int64_t i = 0;
    for (; i + vectors * W <= rows; i += vectors * W) contract_vectors_along_rows<T, vectors, Columns>(a, b, depth, i, W, sink);
    if constexpr (known < 0 || known % (vectors * W) >= W)
        for (; i + W <= rows; i += W) contract_vectors_along_rows<T, 1, Columns>(a, b, depth, i, W, sink);
    if constexpr (known < 0 || known % W > 0)
        if (i < rows) contract_vectors_along_rows<T, 1, Columns>(a, b, depth, i, static_cast<int>(rows - i), sink);
}

} // namespace ctgrad::detail
