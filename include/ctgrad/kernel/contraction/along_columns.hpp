// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/deep_sums.hpp>
#include <ctgrad/kernel/contraction/pack.hpp>

namespace ctgrad::detail {

/// The rows of a tile, at most `most`, where so many tiles share `rows`.
constexpr int tile_of(std::int64_t rows, int most) {
    const std::int64_t tiles = (rows + most - 1) / most;
    return static_cast<int>((rows + tiles - 1) / tiles);
}

/// Products with a small fixed number of columns, lanes along the columns: a tile spans whole rows of the
/// result, or a half or a third of them.
template <class T, int Columns, class Rows, class Depth>
class product_along_columns {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int vectors = (Columns + W - 1) / W;
    static constexpr int groups = (vectors + 2) / 3;
    static constexpr int group_vectors = (vectors + groups - 1) / groups;
    static constexpr int most_rows = this_target.sums_in_registers() / group_vectors, fit = most_rows > 12 ? 12 : most_rows;
    static constexpr std::int64_t known = fixed_value<Rows>;
    /// Of a number known at compile time, tiles of equal size; of another, tiles that divide powers of two.
    static constexpr int tile_rows = known > 0 ? tile_of(known, fit) : fit >= 8 ? 8 : fit >= 4 ? 4 : fit;
    static constexpr int chains = chains_for(tile_rows * group_vectors, fixed_value<Depth>);

public:
    /// The rows from `first` on, `count` of them, of c = a b. Blocks have up to 64 rows.
    template <class Count, class Sink>
    [[gnu::always_inline]] static void run(const matrix<const T>& a, const row_panel<T>& b, std::int64_t first, Count count, Depth depth,
                                           Sink& sink) {
        const std::int64_t end = first + count;
        auto&& sight = sight_of(sink);
        for (std::int64_t i = first; i < end;) {
            const int rows = rows_of_block<tile_rows>(end - i);
            T* const to = sink.block(i, 0);
            if (fixed_value<Count> < tile_rows && rows < tile_rows)
                run_few(a.from(i, 0), b, rows, depth, to, sink.row_stride, sight);
            else
                for_each_tile<tile_rows>(0, rows, [&](int r) __attribute__((always_inline)) {
                    run_tile<tile_rows>(a.from(i + r, 0), b, depth, to + r * sink.row_stride, sink.row_stride, sight);
                });
            sink.done(i, rows, 0, Columns);
            i += rows;
        }
    }

    /// A few rows.
    template <class Sight>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run_few(const matrix<const T>& a, const row_panel<T>& b, int rows, Depth depth, T* to,
                                                            std::int64_t row_stride, Sight& sight) {
        int i = 0;
        if constexpr (tile_rows > 4)
            for (; i + 4 <= rows; i += 4) run_tile<4>(a.from(i, 0), b, depth, to + i * row_stride, row_stride, sight);
        for (; i < rows; ++i) run_tile<1>(a.from(i, 0), b, depth, to + i * row_stride, row_stride, sight);
    }

private:
    template <int Count, class Sight>
    [[gnu::always_inline]] static void run_tile(const matrix<const T>& a, const row_panel<T>& b, Depth depth, T* to,
                                                std::int64_t row_stride, Sight& sight) {
        unrolled(up_to<groups>, [&]<int G>() __attribute__((always_inline)) {
            constexpr int first = G * group_vectors, left = vectors - first;
            constexpr int count = left < group_vectors ? left : group_vectors;
            constexpr bool ends = first + count == vectors;
            register_tile<T, Count, count, chains> tile;
            sum_over_depth(type_tag<T>{}, tile, depth, [&](std::int64_t k, std::int64_t n) __attribute__((always_inline)) {
                tile.add_product(a.from(0, k), b.data + k * b.stride + first * W, b.stride, n, ends ? b.last : W);
            });
            look_at<Count * count>(sight, &tile.sum[0]);
            tile.store(to + first * W, row_stride, ends ? Columns - (vectors - 1) * W : W);
        });
    }
};

} // namespace ctgrad::detail
