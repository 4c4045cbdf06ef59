// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/lanes.hpp>

/// @file What a loop reads into `W` lanes: of load `I` of dtype `D` where its row begins at `from`, and of coordinate `Axis`.

namespace ctgrad::detail {

/// Lanes lie along the innermost axis: `i` is the first element, of which `n` count.
template <const auto& Loop, int W>
struct lanes_along_axis {
    static constexpr int inner = Loop.rank > 0 ? Loop.rank - 1 : 0;

    template <dtype D, int I, bool Invariant>
    [[gnu::always_inline]] static lanes_t<D, W> load(const scalar_of<D>* from, [[maybe_unused]] const arguments& a,
                                                     [[maybe_unused]] std::int64_t i, [[maybe_unused]] int n) {
        if constexpr (Invariant)
            return fill_lanes<D, W>(*from);
        else if constexpr (W == 1)
            return from[i * value_of<Loop.loads[I].stride[inner]>(a.sizes)];
        else if constexpr (Loop.loads[I].stride[inner] == extent_product{})
            return load_lanes<D, W>(from + i, n);
        else {
            const std::int64_t stride = value_of<Loop.loads[I].stride[inner]>(a.sizes);
            return load_lanes_apart<D, W>(from + i * stride, stride, n);
        }
    }
    template <dtype D, int Axis>
    [[gnu::always_inline]] static lanes_t<D, W> coordinate(const std::int64_t* index, [[maybe_unused]] std::int64_t i) {
        if constexpr (Axis == inner)
            return convert_lanes<D, W>(positions<W>(index[Axis] + i));
        else
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(Axis < 0 ? 0 : index[Axis < 0 ? 0 : Axis]));
    }
};

/// Whether what a loop with axis `lane` in lanes walks over has them adjacent in memory. Of two axes of stride 1 one has a single element.
constexpr bool has_adjacent_lanes(const walk& w, int lane) { return w.stride[lane] == extent_product{}; }

/// Each lane has a row of its own, of which `n` count: `i` counts columns in steps of W. What moves along both axes is read from a
/// tile (`row_tiles`) where rows are not adjacent.
template <const auto& Loop, int W>
struct lanes_of_rows {
    static constexpr int inner = Loop.rank - 1, lane = Loop.lane_axis;

    template <dtype D, int I, bool Invariant>
    [[gnu::always_inline]] static lanes_t<D, W> load(const scalar_of<D>* from, [[maybe_unused]] const arguments& a,
                                                     [[maybe_unused]] std::int64_t i, [[maybe_unused]] int n) {
        constexpr bool moves_over_rows = Loop.loads[I].stride[lane].factor != 0, is_adjacent = has_adjacent_lanes(Loop.loads[I], lane);
        if constexpr (Invariant && is_adjacent)
            return load_lanes<D, W>(from, n);
        else if constexpr (Invariant && moves_over_rows)
            return load_lanes_apart<D, W>(from, value_of<Loop.loads[I].stride[lane]>(a.sizes), n);
        else if constexpr (Invariant)
            return fill_lanes<D, W>(*from);
        else if constexpr (!moves_over_rows)
            return fill_lanes<D, W>(from[i / W * value_of<Loop.loads[I].stride[inner]>(a.sizes)]);
        else if constexpr (is_adjacent)
            return load_lanes<D, W>(from + i / W * value_of<Loop.loads[I].stride[inner]>(a.sizes), n);
        else
            return load_lanes<D, W>(from + i, W);
    }
    template <dtype D, int Axis>
    [[gnu::always_inline]] static lanes_t<D, W> coordinate(const std::int64_t* index, [[maybe_unused]] std::int64_t i) {
        if constexpr (Axis == inner)
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(i / W));
        else if constexpr (Axis == lane)
            return convert_lanes<D, W>(positions<W>(index[Axis]));
        else
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(Axis < 0 ? 0 : index[Axis < 0 ? 0 : Axis]));
    }
};

} // namespace ctgrad::detail
