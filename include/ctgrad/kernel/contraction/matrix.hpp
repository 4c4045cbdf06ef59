// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <type_traits>

namespace ctgrad::detail {

/// One matrix of a product: rows and columns by strides, so that a transpose is only another walk.
template <class T>
struct matrix {
    T* data;
    std::int64_t row_stride;
    std::int64_t column_stride;

    [[gnu::always_inline]] T* at(std::int64_t row, std::int64_t column) const { return data + row * row_stride + column * column_stride; }
    /// The part from that row and column on.
    [[gnu::always_inline]] matrix from(std::int64_t row, std::int64_t column) const { return {at(row, column), row_stride, column_stride}; }
};

/// Which elements of a matrix are adjacent in memory: those of a row (row-major), those of a column
/// (the transpose of a row-major matrix), or neither.
enum class adjacent : std::uint8_t { in_rows, in_columns, none };

/// A number of rows, columns or products known at compile time; one that is not is a std::int64_t.
template <std::int64_t N>
using fixed = std::integral_constant<std::int64_t, N>;

/// The value of an extent known at compile time, -1 of another.
template <class Extent>
inline constexpr std::int64_t fixed_value = -1;
template <std::int64_t N>
inline constexpr std::int64_t fixed_value<std::integral_constant<std::int64_t, N>> = N;

/// Rows and columns of a block of the result.
struct block_extent {
    int rows;
    int columns;
};

/// Takes the blocks of a product and leaves them where they are, in a row-major matrix. Every sink has
/// these members: the rows [i, i + r) and columns [j, j + n) of the result are written to `block(i, j)`,
/// `row_stride` apart, some perhaps twice, and `done(i, r, j, n)` follows once, when they have their final values.
///
/// Where `keeps_blocks` is false, one piece of memory may serve for all blocks: a block is done before
/// the next is asked for. None is larger than `largest_block` says. Where `takes_tiles` is true, a product that
/// has rows in its lanes leaves them there: each vector of rows is stored column by column. A sink may have `shields` (see
/// `shielding_sink`).
template <class T>
struct row_major_sink {
    static constexpr bool keeps_blocks = true;
    static constexpr bool takes_tiles = false;
    T* data;
    std::int64_t row_stride;

    [[gnu::always_inline]] T* block(std::int64_t i, std::int64_t j) const { return data + i * row_stride + j; }
    [[gnu::always_inline]] void done(std::int64_t, std::int64_t, std::int64_t, std::int64_t) const {}
};

} // namespace ctgrad::detail
