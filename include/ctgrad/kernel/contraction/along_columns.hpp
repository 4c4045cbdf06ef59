// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/pack.hpp>

namespace ctgrad::detail {

/// Rows of b with adjacent elements, in their place or packed; `last` elements of the last vector of each may be read.
template <class T>
struct row_panel {
    const T* data;
    std::int64_t stride;
    int last;
};

/// Whether rows of b of so many elements serve as they are: adjacent, and no vector partly filled or masks at hand.
template <class T>
constexpr bool rows_in_place(adjacent b, std::int64_t columns) {
    return b == adjacent::in_rows && (columns % simd::native_lanes<T> == 0 || sizeof(full_vec<T>) == 64);
}

/// How many of `n` > 0 elements lie in the last vector.
template <class T>
constexpr int last_lanes(std::int64_t n) {
    return static_cast<int>((n - 1) % simd::native_lanes<T> + 1);
}

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
    static constexpr int block_rows = 64 / tile_rows * tile_rows;
};

/// `Rows` rows of a b.
template <int Rows, int Columns, class T>
[[gnu::always_inline]] inline void multiply_rows_along_columns(const matrix<const T>& a, const row_panel<T>& b, std::int64_t depth, T* to,
                                                               std::int64_t row_stride) {
    using tiling = column_tiling<T, Columns>;
    constexpr int W = tiling::W;
    unrolled<tiling::groups>([&]<int G>() __attribute__((always_inline)) {
        constexpr int first = G * tiling::group_vectors, left = tiling::vectors - first;
        constexpr int vectors = left < tiling::group_vectors ? left : tiling::group_vectors;
        constexpr bool ends = first + vectors == tiling::vectors;
        register_tile<T, Rows, vectors> tile;
        tile.clear();
        if (depth > 0) tile.add_product(a, b.data + first * W, b.stride, depth, ends ? b.last : W);
        tile.store(to + first * W, row_stride, ends ? Columns - (tiling::vectors - 1) * W : W);
    });
}

/// Some rows of a b, fewer than `Tile`: as many as are left of `Rows`, known at compile time or not, in tiles of it.
template <int Tile, int Columns, class Rows, class T>
[[gnu::always_inline]] inline void multiply_last_rows_along_columns(const matrix<const T>& a, const row_panel<T>& b, int rows,
                                                                    std::int64_t depth, T* to, std::int64_t row_stride) {
    constexpr std::int64_t known = fixed_value<Rows>;
    if constexpr (known >= 0) {
        if constexpr (known % Tile > 0)
            if (rows > 0) multiply_rows_along_columns<static_cast<int>(known % Tile), Columns>(a, b, depth, to, row_stride);
    } else {
        int i = 0;
        if constexpr (Tile > 4)
            for (; i + 4 <= rows; i += 4) multiply_rows_along_columns<4, Columns>(a.from(i, 0), b, depth, to + i * row_stride, row_stride);
        for (; i < rows; ++i) multiply_rows_along_columns<1, Columns>(a.from(i, 0), b, depth, to + i * row_stride, row_stride);
    }
}

/// c = a b. Blocks have up to 64 rows.
template <int Columns, class T, class Rows, class Sink>
[[gnu::always_inline]] inline void contract_along_columns(const matrix<const T>& a, const row_panel<T>& b, Rows rows, std::int64_t depth, Sink& sink) {
    using tiling = column_tiling<T, Columns>;
    constexpr std::int64_t known = fixed_value<Rows>, block = tiling::block_rows;
    constexpr int tile = known > 0 && known < tiling::tile_rows ? static_cast<int>(known) : tiling::tile_rows;
    for (std::int64_t i = 0; i < rows; i += block) {
        const int r = static_cast<int>(rows - i < block ? rows - i : block);
        T* const to = sink.block(i, 0);
        int at = 0;
        for (; at + tile <= r; at += tile)
            multiply_rows_along_columns<tile, Columns>(a.from(i + at, 0), b, depth, to + at * sink.row_stride, sink.row_stride);
        multiply_last_rows_along_columns<tile, Columns, Rows>(a.from(i + at, 0), b, r - at, depth, to + at * sink.row_stride, sink.row_stride);
        sink.done(i, r, 0, Columns);
    }
}

} // namespace ctgrad::detail
