// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/along_columns.hpp>
#include <ctgrad/kernel/contraction/row_lanes_tile.hpp>

namespace ctgrad::detail {

/// Products with few columns, lanes along the rows: a weight gradient x^T dy with 10 columns fills all
/// lanes this way. Tiles are transposed on their way to memory, and on their way to registers where the
/// rows of a are adjacent.
template <class T, adjacent A, adjacent B, int Columns, class Rows, class Depth>
struct row_tiling {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr std::int64_t rows = fixed_value<Rows>;
    /// Registers that a vector of rows needs: its sums, and what is transposed at once.
    static constexpr int each = Columns + (A == adjacent::in_rows ? piece_lanes<T> : 1);
    static constexpr int fit = (vector_registers - 1) / each;
    static constexpr int most = fit >= 4 ? 4 : fit >= 2 ? 2 : 1;
    static constexpr int vectors = rows < 0 || rows > (most - 1) * W ? most : rows <= W ? 1 : static_cast<int>((rows + W - 1) / W);
    static constexpr int chains = chains_for(vectors * Columns, fixed_value<Depth>);
    /// Whether the rows that do not fill a vector have fewer multiplications along the columns.
    static constexpr bool last_along_columns = A == adjacent::in_rows && rows_in_place<T>(B, Columns) && chains == 1 &&
                                               (rows < 0 || rows % W * ((Columns + W - 1) / W) < Columns);
};

template <class T, adjacent A, adjacent B, int Columns, class Rows, class Depth>
class product_along_rows {
    using tiling = row_tiling<T, A, B, Columns, Rows, Depth>;
    static constexpr int W = tiling::W, vectors = tiling::vectors, block = 64 / (vectors * W) * vectors * W;

public:
    /// The rows from `first` on, `count` of them, of c = a b. Blocks have up to 64 rows; a sink that takes tiles
    /// gets them as vectors of rows, each column by column.
    template <class Count, class Sink>
    [[gnu::always_inline]] static void run(const matrix<const T>& a, const matrix<const T>& b, std::int64_t first, Count count, Depth depth,
                                           Sink& sink) {
        constexpr int left = fixed_value<Count> < 0 ? -1 : static_cast<int>(fixed_value<Count> % (vectors * W));
        const std::int64_t end = first + count;
        for (std::int64_t i = first; i < end; i += block) {
            const int rows = static_cast<int>(end - i < block ? end - i : block);
            T* const to = sink.block(i, 0);
            int at = 0;
            for (; at + vectors * W <= rows; at += vectors * W)
                run_tile<vectors, Sink::takes_tiles>(a.from(i + at, 0), b, W, depth, to + at * sink.row_stride, sink.row_stride);
            if constexpr (left != 0)
                if (at < rows) run_last<left, Sink::takes_tiles>(a.from(i + at, 0), b, rows - at, depth, to + at * sink.row_stride, sink.row_stride);
            sink.done(i, rows, 0, Columns);
        }
    }

private:
    /// The rows after the last whole tile, `Known` of them where that is known.
    template <int Known, bool Tiles>
    [[gnu::always_inline]] static void run_last(const matrix<const T>& a, const matrix<const T>& b, int rows, Depth depth, T* to,
                                                std::int64_t row_stride) {
        constexpr bool along_columns = tiling::last_along_columns && !Tiles;
        int i = 0;
        if constexpr (Known < 0) {
            for (; i + W <= rows; i += W) run_tile<1, Tiles>(a.from(i, 0), b, W, depth, to + i * row_stride, row_stride);
            if constexpr (!along_columns)
                if (i < rows) run_tile<1, Tiles>(a.from(i, 0), b, rows - i, depth, to + i * row_stride, row_stride);
        } else {
            constexpr int whole = along_columns ? Known / W * W : Known, count = (whole + W - 1) / W;
            if constexpr (count > 0) run_tile<count, Tiles>(a, b, whole - (count - 1) * W, depth, to, row_stride);
            i = whole;
        }
        if constexpr (along_columns) {
            const row_panel<T> panel{b.data, b.row_stride, last_lanes<T>(Columns)};
            product_along_columns<T, Columns, std::int64_t, Depth>::template run_last<Known < 0 ? -1 : Known % W>(
                a.from(i, 0), panel, rows - i, depth, to + i * row_stride, row_stride);
        }
    }

    template <int Vectors, bool Tiles>
    [[gnu::always_inline]] static void run_tile(const matrix<const T>& a, const matrix<const T>& b, int last, Depth depth, T* to,
                                                std::int64_t row_stride) {
        row_lanes_tile<T, Vectors, Columns, tiling::chains> tile;
        tile.clear();
        if constexpr (A == adjacent::in_rows)
            tile.template add_transposed<static_cast<int>(fixed_value<Depth>)>(a, last, b);
        else
            tile.add_product(a, last, b, depth);
        if constexpr (Tiles)
            tile.store_by_columns(to);
        else
            tile.store(to, row_stride, last);
    }
};

} // namespace ctgrad::detail
