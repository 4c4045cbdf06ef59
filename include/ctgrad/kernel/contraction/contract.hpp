// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>
#include <ctgrad/kernel/contraction/along_columns.hpp>
#include <ctgrad/kernel/contraction/along_depth.hpp>
#include <ctgrad/kernel/contraction/along_rows.hpp>
#include <ctgrad/kernel/contraction/blocked.hpp>
#include <ctgrad/ops/detail/shields.hpp>

namespace ctgrad::detail {

/// How a product is computed.
enum class contraction_method : std::uint8_t {
    plain,         ///< Loops without vectors: a handful of numbers.
    along_rows,    ///< Few columns, lanes along the rows.
    along_depth,   ///< Few columns, lanes along the depth, adjacent in a.
    along_columns, ///< Whole rows, lanes along the columns, adjacent in b or packed at once.
    by_rows,       ///< Whole rows, blocks of depth packed in turn.
    by_strips      ///< Many columns, blocks of depth packed in turn.
};

/// The method for a product and the elements of b that it packs, 0 where it reads b in its place.
struct contraction_plan {
    contraction_method method;
    std::int64_t packed_elements = 0;
};

/// Elements that are packed at once on the stack.
template <class T>
inline constexpr std::int64_t most_packed = this_target.packed / static_cast<std::int64_t>(sizeof(T));

/// How many vectors hold `n` numbers.
template <class T>
constexpr std::int64_t vectors_of(std::int64_t n) {
    constexpr std::int64_t W = simd::native_lanes<T>;
    return (n + W - 1) / W;
}

/// Vector operations for `n` rows and W steps of the depth with lanes along the columns; the other two layouts
/// of products with few columns are compared with them.
template <class T>
constexpr std::int64_t cost_along_columns(std::int64_t n, std::int64_t columns) {
    return simd::native_lanes<T> * n * vectors_of<T>(columns);
}

/// Lanes along the depth: one operation an element of the result, and 6 an element of b that is transposed.
template <class T>
constexpr bool cheaper_along_depth(adjacent b, std::int64_t rows, std::int64_t columns) {
    const std::int64_t n = rows < 0 ? this_target.block_rows : rows;
    return n * columns + (b == adjacent::in_columns ? 0 : 6 * columns) < cost_along_columns<T>(n, columns);
}

/// Lanes along the rows: an operation a column for each vector of rows; where a is transposed 3 more, and 2 a
/// column for the result.
template <class T>
constexpr bool cheaper_along_rows(adjacent a, std::int64_t rows, std::int64_t depth, std::int64_t columns) {
    constexpr std::int64_t W = simd::native_lanes<T>;
    const std::int64_t n = rows < 0 ? this_target.block_rows : rows;
    if (a == adjacent::in_columns) return W * vectors_of<T>(n) * columns <= cost_along_columns<T>(n, columns);
    return a == adjacent::in_rows && n >= W && depth >= piece_lanes<T> && !can_be_deep(depth) &&
           (columns + 3) * depth + 2 * columns < cost_along_columns<T>(1, columns) * depth;
}

/// Chooses by the extents, -1 for one known at run time only, and by what is adjacent in memory.
template <class T>
constexpr contraction_plan plan_contraction(adjacent a, adjacent b, std::int64_t rows, std::int64_t depth, std::int64_t columns) {
    using enum contraction_method;
    constexpr std::int64_t W = simd::native_lanes<T>;
    if (columns < 0 || columns > this_target.product_row) return {by_strips};
    if (columns == 0 || rows == 0) return {by_rows};
    if (rows >= 0 && depth >= 0 && rows * (depth > 0 ? depth : 1) * columns <= 64) return {plain};
    const std::int64_t padded_depth = vectors_of<T>(depth) * W, padded_columns = vectors_of<T>(columns) * W;
    if (columns <= 12 && columns % W != 0) {
        if (a == adjacent::in_rows && (depth < 0 || depth >= 8 * W) && cheaper_along_depth<T>(b, rows, columns)) {
            if (b == adjacent::in_columns) return {along_depth};
            if (depth >= 0 && columns * padded_depth <= most_packed<T>) return {along_depth, columns * padded_depth};
        }
        if (cheaper_along_rows<T>(a, rows, depth, columns)) return {along_rows};
    }
    if (rows_in_place<T>(b, columns)) return {along_columns};
    if (depth >= 0 && depth * padded_columns <= most_packed<T> / 2) return {along_columns, depth * padded_columns};
    return {by_rows};
}

/// The largest block that a product hands to its sink.
template <class T>
constexpr block_extent largest_block(contraction_plan plan, std::int64_t columns) {
    if (plan.method == contraction_method::by_strips) return {blocked<T>::deep_chunk_rows, blocked<T>::strip_columns};
    return {blocked<T>::chunk_rows, static_cast<int>(columns)};
}

/// The shields of a sink that has any.
template <class Sink>
inline constexpr int shields_at = [] {
    if constexpr (requires { Sink::shields; })
        return Sink::shields;
    else
        return 0;
}();

template <class T, class Sink>
[[gnu::always_inline]] inline void contract_plainly(const matrix<const T>& a, const matrix<const T>& b, std::int64_t first,
                                                    std::int64_t rows, std::int64_t depth, std::int64_t columns, Sink& sink) {
    T* const to = sink.block(first, 0);
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            T sum = 0;
            for (std::int64_t k = 0; k < depth; ++k) sum += shielded_term<T>(shields_at<Sink>, *a.at(first + i, k), *b.at(k, j));
            to[i * sink.row_stride + j] = sum;
        }
    sink.done(first, rows, 0, columns);
}

/// The rows from `first` on, `count` of them, of the product c = a b [rows, columns], summed over `depth`,
/// handed to `sink` block by block.
///
/// `A` and `B` say what is adjacent in the operands. Extents are `fixed<N>` or std::int64_t. The order of each
/// sum depends on the extents of the whole product and the machine's registers only: however the rows are
/// split, the bits are the same. Parts of 64 rows or multiples of it cost least. Nothing is allocated; up to
/// 48 KiB of stack hold a packed part of b, and up to 72 more the sums of sections where the depth may be great.
template <dtype D, adjacent A, adjacent B, class Rows, class Depth, class Columns, class Count, class Sink>
[[gnu::always_inline]] inline void contract_rows(matrix<const scalar_of<D>> a, matrix<const scalar_of<D>> b, Rows, Depth depth,
                                                 Columns columns, std::int64_t first, Count count, Sink& sink) {
    using T = scalar_of<D>;
    using enum contraction_method;
    constexpr int W = simd::native_lanes<T>;
    constexpr contraction_plan plan = plan_contraction<T>(A, B, fixed_value<Rows>, fixed_value<Depth>, fixed_value<Columns>);
    // What is known is said to the compiler.
    if constexpr (A != adjacent::none) (A == adjacent::in_rows ? a.column_stride : a.row_stride) = 1;
    if constexpr (B != adjacent::none) (B == adjacent::in_rows ? b.column_stride : b.row_stride) = 1;
    constexpr int n = static_cast<int>(fixed_value<Columns>);
    if (count == 0 || columns == 0) return;
    [[maybe_unused]] alignas(64) T packed[static_cast<std::size_t>(plan.packed_elements > 0 ? plan.packed_elements : 1)];
    if constexpr (plan.method == plain)
        contract_plainly(a, b, first, count, depth, columns, sink);
    else if constexpr (plan.method == along_rows)
        product_along_rows<T, A, B, n, Rows, Depth>::run(a, b, first, count, depth, sink);
    else if constexpr (plan.method == along_depth) {
        if constexpr (plan.packed_elements > 0) {
            constexpr std::int64_t stride = plan.packed_elements / n;
            transpose(b.data, b.row_stride, depth, std::int64_t{n}, packed, stride);
            contract_along_depth<T, n>(a, packed, stride, first, count, depth, sink);
        } else
            contract_along_depth<T, n>(a, b.data, b.column_stride, first, count, depth, sink);
    } else if constexpr (plan.method == along_columns) {
        row_panel<T> panel{b.data, b.row_stride, last_lanes<T>(n)};
        if constexpr (plan.packed_elements > 0) {
            panel = {packed, vectors_of<T>(n) * W, W};
            pack_rows(b, depth, n, packed, panel.stride);
        }
        product_along_columns<T, n, Rows, Depth>::run(a, panel, first, count, depth, sink);
    } else {
        blocked_product<T, Sink, can_be_deep(fixed_value<Depth>)> product(a, b, first, count, depth, columns, sink);
        if constexpr (plan.method == by_rows)
            product.run_by_rows();
        else
            product.run_by_strips();
    }
}

/// All rows of the product.
template <dtype D, adjacent A, adjacent B, class Rows, class Depth, class Columns, class Sink>
[[gnu::always_inline]] inline void contract(matrix<const scalar_of<D>> a, matrix<const scalar_of<D>> b, Rows rows, Depth depth,
                                            Columns columns, Sink& sink) {
    contract_rows<D, A, B>(a, b, rows, depth, columns, 0, rows, sink);
}

} // namespace ctgrad::detail
