// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

namespace ctgrad::detail {

/// `Vectors` vectors of rows and all `Columns` columns of a result, in registers, lanes along the rows.
/// Each sum is kept in `Chains` parts, so that enough additions are under way at once.
template <class T, int Vectors, int Columns, int Chains>
struct row_lanes_tile {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int piece = piece_lanes<T>;
    static constexpr int size = Vectors * Columns;
    counted<full_vec<T>, Chains * Vectors * Columns> sum; ///< Chain by chain, column by column.

    [[gnu::always_inline]] void clear() { clear(up_to<(Chains * size)>); }
    /// Adds the product of a column x of a and a row of b.
    template <int Chain>
    [[gnu::always_inline]] void add(const full_vec<T>* x, const T* row, std::int64_t column_stride) {
        add_columns<Chain * size>(up_to<Columns>, x, row, column_stride);
    }
    /// Adds a b, where the columns of a are adjacent; `last` of its rows lie in the last vector.
    [[gnu::always_inline]] void add_product(const matrix<const T>& a, int last, const matrix<const T>& b, std::int64_t depth) {
        const T* column = a.data;
        const T* row = b.data;
        add_in_chains<Chains>(depth, [&]<int C>() __attribute__((always_inline)) {
            counted<full_vec<T>, Vectors> x;
            load(up_to<Vectors>, x, column, last);
            add<C>(x, row, b.column_stride);
            column += a.column_stride;
            row += b.row_stride;
        });
        add_chains<Chains, Vectors * Columns>(sum);
    }
    /// Adds a b, where the rows of a are adjacent: its columns are made in registers, a piece at a time.
    /// After the last of the rows, that one is read again.
    template <int Depth>
    [[gnu::always_inline]] void add_transposed(const matrix<const T>& a, int last, const matrix<const T>& b) {
        int k = 0;
        for (; k + piece <= Depth; k += piece) add_pieces<0>(a.at(0, k), a.row_stride, last, b.from(k, 0));
        // the last piece begins with columns of the one before it
        if constexpr (Depth % piece > 0) add_pieces<piece - Depth % piece>(a.at(0, Depth - piece), a.row_stride, last, b.from(k, 0));
        add_chains<Chains, Vectors * Columns>(sum);
    }
    /// Stores each vector of rows column by column.
    [[gnu::always_inline]] void store_by_columns(T* to) const { store_by_columns(up_to<size>, to); }
    /// Stores the tile row by row.
    [[gnu::always_inline]] void store(T* to, std::int64_t row_stride, int last) const { store(up_to<Vectors>, to, row_stride, last); }

private:
    template <int... I>
    [[gnu::always_inline]] void clear(index_pack<I...>) {
        ((sum[I] = full_vec<T>(T(0))), ...);
    }
    template <int... V>
    [[gnu::always_inline]] static void load(index_pack<V...>, full_vec<T>* x, const T* column, int last) {
        ((x[V] = load_first<T>(column + V * W, V + 1 == Vectors ? last : W)), ...);
    }
    template <int First, int... C>
    [[gnu::always_inline]] void add_columns(index_pack<C...>, const full_vec<T>* x, const T* row, std::int64_t column_stride) {
        (add_column<First + C * Vectors>(up_to<Vectors>, x, full_vec<T>(row[C * column_stride])), ...);
    }
    template <int First, int... V>
    [[gnu::always_inline]] void add_column(index_pack<V...>, const full_vec<T>* x, const full_vec<T>& factor) {
        ((sum[First + V] = simd::fma(x[V], factor, sum[First + V])), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void store_by_columns(index_pack<I...>, T* to) const {
        (simd::store(to + (I % Vectors * Columns + I / Vectors) * W, sum[I]), ...);
    }
    template <int... V>
    [[gnu::always_inline]] void store(index_pack<V...>, T* to, std::int64_t row_stride, int last) const {
        (store_vector<V>(to + V * W * row_stride, row_stride, V + 1 == Vectors ? last : W), ...);
    }
    template <int First>
    [[gnu::always_inline]] void add_pieces(const T* from, std::int64_t row_stride, int last, const matrix<const T>& b) {
        counted<full_vec<T>, piece * Vectors> x;
        unrolled(up_to<Vectors>, [&]<int V>() __attribute__((always_inline)) {
            counted<full_vec<T>, piece> y;
            load_rows(from + V * W * row_stride, row_stride, V + 1 == Vectors ? last - 1 : W - 1, y);
            transpose_pieces(y);
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((x[I * Vectors + V] = y[I]), ...); }(up_to<piece>);
        });
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            (add<I % Chains>(x + (First + I) * Vectors, b.at(I, 0), b.column_stride), ...);
        }(up_to<(piece - First)>);
        [&]<int... I>(index_pack<I...>)
            __attribute__((always_inline)) { (simd::detail::add_first(sum[I].native), ...); }(up_to<(Chains * size)>);
    }

    /// Pieces of columns are transposed; the last may overlap the one before it. Of fewer columns than a
    /// piece has, rows that follow one another are stored in order, each over the end of the one before.
    template <int V>
    [[gnu::always_inline]] void store_vector(T* to, std::int64_t row_stride, int rows) const {
        if (Columns == 1 && row_stride == 1) return store_first<T>(to, sum[V], rows);
        unrolled(up_to<(Columns + piece - 1) / piece>, [&]<int P>() __attribute__((always_inline)) {
            constexpr int first = (P + 1) * piece <= Columns ? P * piece : (Columns > piece ? Columns - piece : 0);
            counted<full_vec<T>, piece> x;
            [&]<int... I>(index_pack<I...>)
                __attribute__((always_inline)) { ((x[I] = sum[(first + I < Columns ? first + I : 0) * Vectors + V]), ...); }(up_to<piece>);
            transpose_pieces(x);
            store_rows_of_piece<Columns>(up_to<W>, to + first, row_stride, x, rows);
        });
    }
};

} // namespace ctgrad::detail
