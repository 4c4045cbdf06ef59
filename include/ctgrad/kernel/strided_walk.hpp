// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/shape/strided.hpp>

#include <utility>

namespace ctgrad::detail {

/// The run-time extents of node `Id` of program `P`.
template <class P, int Id>
[[gnu::always_inline]] inline void write_extents(std::int64_t* to, const std::int64_t* sizes) {
    static constexpr extent_list list = extents_of(P::graph()[Id].shape, P::plan.dimensions);
    [&]<int... K>(std::integer_sequence<int, K...>)
        __attribute__((always_inline)) { ((to[K] = value_of<list.extent[K]>(sizes)), ...); }(std::make_integer_sequence<int, list.rank>{});
}

/// Node `Id` of program `P` in memory, walked over as the plan says.
template <class P, int Id>
[[gnu::always_inline]] inline auto strided_over(const arguments& a) {
    using T = const scalar_of<P::graph()[Id].type>;
    static constexpr walk w = walk_of(P::graph(), P::plan, Id);
    constexpr int rank = P::graph()[Id].shape.rank;
    strided<T> s;
    s.rank = rank;
    s.data = a.template address<T>(w.from);
    write_extents<P, Id>(s.extent, a.sizes);
    [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
        ((s.stride[K] = value_of<w.stride[K]>(a.sizes)), ...);
        ((s.data += w.start_index[K] * value_of<w.start_stride[K]>(a.sizes)), ...);
    }(std::make_integer_sequence<int, max_rank>{});
    return s;
}

/// The result of kernel `S`, row-major.
template <class P, int S>
[[gnu::always_inline]] inline auto strided_result(const arguments& a) {
    constexpr kernel self = P::plan.kernels[S];
    using T = scalar_of<P::graph()[self.node].type>;
    std::int64_t extent[max_rank]{};
    write_extents<P, self.node>(extent, a.sizes);
    return contiguous(a.template address<T>(self.to), P::graph()[self.node].shape.rank, extent);
}

} // namespace ctgrad::detail
