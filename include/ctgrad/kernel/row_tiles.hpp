// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/column_tile.hpp>
#include <ctgrad/kernel/loop_body.hpp>

namespace ctgrad::detail {

/// What a loop with rows in lanes reads and writes element by element: a vector of rows of it, column by column.
template <const auto& Loop>
class row_tiles {
    static constexpr int lane = Loop.lane_axis, inner = Loop.rank - 1;
    static constexpr int columns = static_cast<int>(Loop.extent[inner].factor);
    static constexpr bool is_tile(const walk& w) {
        return w.stride[lane].factor != 0 && w.stride[inner].factor != 0 && !has_adjacent_lanes(w, lane);
    }
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
                const std::int64_t stride = w.from.where == place::block ? block_stride : value_of<w.stride[lane]>(a.sizes);
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
                    ->store(static_cast<T*>(at.to[R]), value_of<r.out.stride[lane]>(a.sizes), n);
            }
        });
    }

private:
    alignas(64) std::byte memory_[static_cast<std::size_t>(Loop.load_count + Loop.output_count)]
                                 [static_cast<std::size_t>(simd::native_lanes<float> * columns) * sizeof(float)];
};

} // namespace ctgrad::detail
