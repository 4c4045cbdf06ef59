// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/register_tile.hpp>

namespace ctgrad::detail {

/// Factors of a product along a piece of its depth.
template <class T>
struct segment {
    const T* a;
    const T* b;
};

/// Whether factors of rows need a register: GCC multiplies by a number in memory, clang 19 loads it first if all others are taken.
#ifdef __clang__
inline constexpr bool factor_in_register = true;
#else
inline constexpr bool factor_in_register = this_target.vector_registers < 32;
#endif

/// The largest number of rows of a tile beside `vectors` vectors of columns: its sums and a row of b fill the registers.
constexpr int most_tile_rows(int vectors) {
    const int fit = (this_target.vector_registers - vectors - (factor_in_register ? 1 : 0)) / vectors;
    return fit > 14 ? 14 : fit < 1 ? 1 : fit;
}

/// So many of `rows` rows go into a tile: all tiles alike, if that does not make them small, else nearly so.
constexpr int tile_rows_for(std::int64_t rows, int vectors) {
    const int most = most_tile_rows(vectors);
    if (rows <= most) return static_cast<int>(rows);
    for (int r = most; 4 * r >= 3 * most; --r)
        if (rows % r == 0) return r;
    const std::int64_t tiles = (rows + most - 1) / most;
    return static_cast<int>((rows + tiles - 1) / tiles);
}

/// Of `columns` columns, how many vectors go side by side: up to 4, or 2 where there are few registers.
template <class T>
constexpr int vectors_for(std::int64_t columns) {
    constexpr std::int64_t W = simd::native_lanes<T>;
    constexpr std::int64_t most = this_target.vector_registers >= 32 ? 4 : 2;
    const std::int64_t all = (columns + W - 1) / W, strips = (all + most - 1) / most;
    return all < 1 ? 1 : static_cast<int>((all + strips - 1) / strips);
}

/// Adds to the tile c, or replaces it by, the sum over segments and depth of a b. Elements of a are `a_row` apart from row to row
/// and `a_step` along the depth, rows of b `b_step`; of the last vector of b and c `last` lanes count.
template <class T, int Rows, int Vectors>
[[gnu::always_inline]] inline void add_segments(const segment<T>* part, std::int64_t count, std::int64_t a_from, std::int64_t a_row,
                                                std::int64_t a_step, std::int64_t b_step, int b_last, std::int64_t depth, T* c,
                                                std::int64_t c_row, int last, bool adds) {
    register_tile<T, Rows, Vectors> tile;
    tile.clear();
    for (std::int64_t i = 0; i < count; ++i) tile.add_product({part[i].a + a_from, a_row, a_step}, part[i].b, b_step, depth, b_last);
    if (adds) tile.add_stored(c, c_row, last);
    tile.store(c, c_row, last);
}

/// Of a result: depth lies in adjacent elements of a, and b is packed.
template <class T, int Rows, int Vectors>
[[gnu::noinline, CTGRAD_OPTIMIZED]] void add_along_row(const segment<T>* part, std::int64_t count, std::int64_t a_from, std::int64_t a_row,
                                                       std::int64_t depth, T* c, std::int64_t c_row, int last, bool adds) {
    constexpr int W = simd::native_lanes<T>;
    add_segments<T, Rows, Vectors>(part, count, a_from, a_row, 1, Vectors * W, W, depth, c, c_row, last, adds);
}
/// Of a kernel: rows are adjacent elements of a, and b is rows of y.
template <class T, int Rows, int Vectors, bool Whole>
[[gnu::noinline, CTGRAD_OPTIMIZED]] void add_along_column(const segment<T>* part, std::int64_t count, std::int64_t a_from,
                                                          std::int64_t a_step, std::int64_t b_step, int b_last, std::int64_t depth, T* c) {
    constexpr int W = simd::native_lanes<T>;
    add_segments<T, Rows, Vectors>(part, count, a_from, 1, a_step, b_step, Whole ? W : b_last, depth, c, Vectors * W, W, true);
}

} // namespace ctgrad::detail
