// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/pack.hpp>

namespace ctgrad::detail {

/// Products with a small fixed number of columns, lanes along the columns: a tile spans whole rows of the
/// result, or a half or a third of them.
template <class T, int Columns>
struct column_tiling {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int vectors = (Columns + W - 1) / W;
    static constexpr int groups = (vectors + 2) / 3;
    static constexpr int group_vectors = (vectors + groups - 1) / groups;
    static constexpr int most_rows = (vector_registers == 32 ? 24 : 12) / group_vectors;
    static constexpr int tile_rows = most_rows > 12 ? 12 : most_rows;
};

/// Rows [i, i + Rows) of c = a b.
template <class T, int Rows, int Columns, class Sink>
[[gnu::always_inline]] inline void contract_rows_along_columns(const matrix<const T>& a, const T* b, std::int64_t b_stride,
                                                               int b_last, std::int64_t depth, std::int64_t i, Sink& sink) {
    using tiling = column_tiling<T, Columns>;
    constexpr int W = tiling::W;
    unrolled<tiling::groups>([&]<int G>() __attribute__((always_inline)) {
        constexpr int first = G * tiling::group_vectors, left = tiling::vectors - first;
        constexpr int vectors = left < tiling::group_vectors ? left : tiling::group_vectors;
        constexpr bool ends = first + vectors == tiling::vectors;
        register_tile<T, Rows, vectors> tile;
        tile.clear();
        if (depth > 0) tile.add_product(a.from(i, 0), b + first * W, b_stride, depth, ends ? b_last : W);
        tile.store(sink.block(i, 0) + first * W, sink.row_stride, ends ? Columns - (tiling::vectors - 1) * W : W);
    });
    sink.done(i, Rows, 0, Columns);
}

/// c = a b, where the rows of b have adjacent elements, the last vector of them `b_last`.
template <class T, int Columns, class Rows, class Depth, class Sink>
[[gnu::always_inline]] inline void contract_along_columns(const matrix<const T>& a, const T* b, std::int64_t b_stride, int b_last,
                                                          Rows rows, Depth depth, Sink& sink) {
    constexpr std::int64_t known = fixed_value<Rows>;
    constexpr int most = column_tiling<T, Columns>::tile_rows;
    constexpr int tile = known > 0 && known < most ? static_cast<int>(known) : most;
    std::int64_t i = 0;
    for (; i + tile <= rows; i += tile) contract_rows_along_columns<T, tile, Columns>(a, b, b_stride, b_last, depth, i, sink);
    if constexpr (known < 0) {
        if constexpr (tile >= 8)
            if (i + tile / 3 <= rows) {
                contract_rows_along_columns<T, tile / 3, Columns>(a, b, b_stride, b_last, depth, i, sink);
                i += tile / 3;
            }
        for (; i < rows; ++i) contract_rows_along_columns<T, 1, Columns>(a, b, b_stride, b_last, depth, i, sink);
    } else if constexpr (known % tile > 0)
        contract_rows_along_columns<T, static_cast<int>(known % tile), Columns>(a, b, b_stride, b_last, depth, i, sink);
}

} // namespace ctgrad::detail
