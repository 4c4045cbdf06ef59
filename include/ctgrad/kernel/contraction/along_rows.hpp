// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/along_columns.hpp>
#include <ctgrad/kernel/contraction/row_lanes_tile.hpp>

namespace ctgrad::detail {

/// Products with few columns, lanes along the rows: a weight gradient x^T dy with 10 columns fills all
/// lanes this way. Tiles are transposed on their way to memory, and on their way to registers where the
/// rows of a are adjacent.
template <class T, adjacent A, adjacent B, int Columns, class Rows, class Depth>
class product_along_rows {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr std::int64_t known = fixed_value<Rows>;
    /// How many vectors of rows fit, up to 32 rows: each needs its sums and what is transposed at once. Of little
    /// depth it is one, as a step that has many products gains more by short code, but where two are all rows.
    static constexpr bool transposes = A == adjacent::in_rows;
    static constexpr bool is_short = fixed_value<Depth> < 32 && (known < 0 || known > 2 * W);
    static constexpr int fit =
        transposes && is_short ? 1 : (this_target.vector_registers - 1) / (Columns + (transposes ? piece_lanes<T> : 1));
    static constexpr int most = fit >= 4 && W <= 8 ? 4 : fit >= 2 ? 2 : 1;
    static constexpr int vectors = known < 0 || known > (most - 1) * W ? most : known <= W ? 1 : static_cast<int>((known + W - 1) / W);
    static constexpr int chains = chains_for(vectors * Columns, fixed_value<Depth>);

public:
    /// The rows from `first` on, `count` of them, of c = a b. Blocks have up to 64 rows; a sink that takes tiles
    /// gets them as vectors of rows, each column by column.
    template <class Count, class Sink>
    [[gnu::always_inline]] static void run(const matrix<const T>& a, const matrix<const T>& b, std::int64_t first, Count count, Depth depth,
                                           Sink& sink) {
        const std::int64_t end = first + count;
        auto&& sight = sight_of(sink);
        for (std::int64_t i = first; i < end;) {
            const int rows = rows_of_block<W>(end - i);
            run_block<Count, Sink::takes_tiles>(a.from(i, 0), b, rows, depth, sink.block(i, 0), sink.row_stride, sight);
            sink.done(i, rows, 0, Columns);
            i += rows;
        }
    }

private:
    template <class Count, bool Tiles, class Sight>
    [[gnu::always_inline]] static void run_block(const matrix<const T>& a, const matrix<const T>& b, int rows, Depth depth, T* to,
                                                 std::int64_t row_stride, Sight& sight) {
        constexpr std::int64_t all = fixed_value<Count>;
        if constexpr (all >= 0 && all <= vectors * W)
            return run_tile<vectors, Tiles>(a, b, static_cast<int>(all) - (vectors - 1) * W, depth, to, row_stride, sight);
        if (!Tiles && all < 0 && rows < W) return run_few(a, b, rows, depth, to, row_stride, sight);
        int i = 0;
        if constexpr (vectors > 1)
            for (; i + vectors * W <= rows; i += vectors * W)
                run_tile<vectors, Tiles>(a.from(i, 0), b, W, depth, to + i * row_stride, row_stride, sight);
        if constexpr (Tiles) // each in its place: none overlaps another
            for (; i < rows; i += W)
                run_tile<1, true>(a.from(i, 0), b, rows - i < W ? rows - i : W, depth, to + i * row_stride, row_stride, sight);
        else
            for_each_tile<W>(i, rows, [&](int r) __attribute__((always_inline)) {
                run_tile<1, false>(a.from(r, 0), b, W, depth, to + r * row_stride, row_stride, sight);
            });
    }
    /// Fewer rows than a vector has.
    template <class Sight>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run_few(const matrix<const T>& a, const matrix<const T>& b, int rows, Depth depth,
                                                            T* to, std::int64_t row_stride, Sight& sight) {
        // lanes along the columns give the same bits where a sum has one chain
        if constexpr (A == adjacent::in_rows && rows_in_place<T>(B, Columns) && chains == 1)
            product_along_columns<T, Columns, std::int64_t, Depth>::run_few(a, {b.data, b.row_stride, last_lanes<T>(Columns)}, rows, depth,
                                                                            to, row_stride, sight);
        else
            run_tile<1, false>(a, b, rows, depth, to, row_stride, sight);
    }

    template <int Vectors, bool Tiles, class Sight>
    [[gnu::always_inline]] static void run_tile(const matrix<const T>& a, const matrix<const T>& b, int last, Depth depth, T* to,
                                                std::int64_t row_stride, Sight& sight) {
        row_lanes_tile<T, Vectors, Columns, chains> tile;
        if constexpr (A == adjacent::in_rows) {
            static_assert(!can_be_deep(fixed_value<Depth>));
            tile.clear();
            tile.template add_transposed<static_cast<int>(fixed_value<Depth>)>(a, last, b);
        } else
            sum_over_depth(type_tag<T>{}, tile, depth, [&](std::int64_t k, std::int64_t n) __attribute__((always_inline)) {
                tile.add_product(a.from(0, k), last, b.from(k, 0), n);
            });
        look_at<Vectors * Columns>(sight, &tile.sum[0]);
        if constexpr (Tiles)
            tile.store_by_columns(to);
        else
            tile.store(to, row_stride, last);
    }
};

} // namespace ctgrad::detail
