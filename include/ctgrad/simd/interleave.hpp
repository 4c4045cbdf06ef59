// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/memory.hpp>

namespace ctgrad::simd {

namespace detail {
/// `rows` with what column `Column` has in vector `Part` of rows of `Columns` elements. Before column 1, rows are column 0.
template <int Part, int Columns, int Column, class T, int W, int... I>
[[gnu::always_inline]] inline vec<T, W> with_column(vec<T, W> rows, vec<T, W> column, index_pack<int, I...>) {
    constexpr auto lane = [](int i) {
        const int at = Part * W + i;
        return at % Columns == Column ? W + at / Columns : Column == 1 ? at / Columns : i;
    };
    return vec<T, W>{__builtin_shufflevector(rows.native, column.native, lane(I)...)};
}
template <int Part, class V, int... Column>
[[gnu::always_inline]] inline V rows_of(const V* columns, index_pack<int, Column...>) {
    V rows = columns[0];
    ((rows = with_column<Part, sizeof...(Column) + 1, Column + 1>(rows, columns[Column + 1], indices<V::lanes>{})), ...);
    return rows;
}
template <class V, int Columns, int... Part>
[[gnu::always_inline]] inline void store_rows(typename V::element* to, const V* columns, index_pack<int, Part...>) {
    (store(to + Part * V::lanes, rows_of<Part>(columns, indices<Columns - 1>{})), ...);
}
} // namespace detail

/// Stores columns side by side: lane i of column c at `to[i * Columns + c]`.
template <int Columns, class T, int W>
[[gnu::always_inline]] inline void store_interleaved(T* to, const vec<T, W>* columns) {
    detail::store_rows<vec<T, W>, Columns>(to, columns, detail::indices<Columns>{});
}

} // namespace ctgrad::simd
