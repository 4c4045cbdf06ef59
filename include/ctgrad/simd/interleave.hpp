// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/memory.hpp>

namespace ctgrad::simd {

namespace detail {
/// Lanes of element `Part * W` on, in the order of memory, of `Columns` columns side by side; those of the columns before `Column` are there.
template <int Part, int Columns, int Column, class T, int W, int... I>
[[gnu::always_inline]] inline vec<T, W> with_column(vec<T, W> rows, vec<T, W> column, index_pack<int, I...>) {
    return vec<T, W>{__builtin_shufflevector(rows.native, column.native,
                                             ((Part * W + I) % Columns == Column ? W + (Part * W + I) / Columns : I)...)};
}
template <int Part, class V, int... Column>
[[gnu::always_inline]] inline V rows_of(const V* columns, index_pack<int, Column...>) {
    V rows = columns[0];
    ((rows = with_column<Part, sizeof...(Column), Column>(rows, columns[Column], indices<V::lanes>{})), ...);
    return rows;
}
template <class V, int Columns, int... Part>
[[gnu::always_inline]] inline void store_rows(typename V::element* to, const V* columns, index_pack<int, Part...>) {
    (store(to + Part * V::lanes, rows_of<Part>(columns, indices<Columns>{})), ...);
}
} // namespace detail

/// Stores columns side by side: lane i of column c at `to[i * Columns + c]`.
template <int Columns, class T, int W>
[[gnu::always_inline]] inline void store_interleaved(T* to, const vec<T, W>* columns) {
    detail::store_rows<vec<T, W>, Columns>(to, columns, detail::indices<Columns>{});
}

} // namespace ctgrad::simd
