// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/column_tile.hpp>
#include <ctgrad/kernel/loop_body.hpp>
#include <ctgrad/plan/short_rows.hpp>

namespace ctgrad::detail {

/// Whether a loop is over short rows that are combined, such as a softmax of ten classes, that fill less than
/// half a register, or that lie column after column: then each lane has a row of its own, and what combines a
/// row needs no exchange between lanes.
/// `widest` is the widest type of the loop's terms.
template <class Loop>
constexpr bool has_short_rows(const Loop& loop, dtype widest) {
    if (loop.rank != 2 || !loop.extent[1].is_static() || loop.extent[1].factor > this_target.short_row) return false;
    const extent_product one{};
    auto fits = [&](const walk& w) {
        const bool over_rows = w.stride[0].factor != 0, over_columns = w.stride[1].factor != 0;
        if (over_rows && over_columns) return (w.stride[1] == one || w.from.by_columns) && size_of(w.type) == size_of(widest);
        if (over_columns) return w.stride[1] == one;
        return !over_rows || w.stride[0] == one;
    };
    bool good = true, pays = 2 * loop.extent[1].factor < simd::native_lanes<float>;
    for (int i = 0; i < loop.load_count; ++i) {
        good = good && fits(loop.loads[i]);
        pays = pays || loop.loads[i].from.by_columns;
    }
    for (int r = 0; r < loop.output_count; ++r) {
        const loop_output& output = loop.outputs[r];
        good = good && (!output.written || fits(output.out)) && output.kind != output_kind::in_memory;
        pays = pays || output.kind == output_kind::row || output.out.from.by_columns;
    }
    return good && pays;
}

/// What a loop with rows in lanes reads and writes element by element: a vector of rows of it, column by column.
template <const auto& Loop>
class row_tiles {
    static constexpr int columns = static_cast<int>(Loop.extent[1].factor);
    static constexpr bool is_tile(const walk& w) { return w.stride[0].factor != 0 && w.stride[1].factor != 0 && !w.from.by_columns; }
    static constexpr bool is_stored(const loop_output& r) { return r.kind == output_kind::store && is_tile(r.out); }
    template <class T>
    using tile = column_tile<T, columns>;

public:
    /// Loads `n` rows, and has `at` read and write the tiles. `block_stride` is that of what lies in the block of a
    /// product, `TiledBlock` whether it lies there in tiles.
    template <bool TiledBlock>
    [[gnu::always_inline]] void load(loop_position<Loop>& at, std::int64_t block_stride, const arguments& a, int n) {
        unrolled(up_to<Loop.load_count>, [&]<int I>() __attribute__((always_inline)) {
            constexpr walk w = Loop.loads[I];
            if constexpr (is_tile(w) && !(TiledBlock && w.from.where == place::block)) {
                using T = scalar_of<w.type>;
                const std::int64_t stride = w.from.where == place::block ? block_stride : value_of<w.stride[0]>(a.sizes);
                auto* to = reinterpret_cast<tile<T>*>(memory_[I]);
                to->load(static_cast<const T*>(at.from[I]), stride, n);
                at.from[I] = to;
            }
        });
        unrolled(up_to<Loop.output_count>, [&]<int R>() __attribute__((always_inline)) {
            if constexpr (is_stored(Loop.outputs[R])) at.to[R] = memory_[Loop.load_count + R];
        });
    }

    /// Stores what the loop has written to the tiles where `at` stands.
    [[gnu::always_inline]] void store(const loop_position<Loop>& at, const arguments& a, int n) const {
        unrolled(up_to<Loop.output_count>, [&]<int R>() __attribute__((always_inline)) {
            constexpr loop_output r = Loop.outputs[R];
            if constexpr (is_stored(r)) {
                using T = scalar_of<r.out.type>;
                reinterpret_cast<const tile<T>*>(memory_[Loop.load_count + R])
                    ->store(static_cast<T*>(at.to[R]), value_of<r.out.stride[0]>(a.sizes), n);
            }
        });
    }

private:
    alignas(64) std::byte memory_[static_cast<std::size_t>(Loop.load_count + Loop.output_count)]
                                 [static_cast<std::size_t>(simd::native_lanes<float> * columns) * sizeof(float)];
};

} // namespace ctgrad::detail
