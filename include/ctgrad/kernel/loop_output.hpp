// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/columns_output.hpp>
#include <ctgrad/kernel/outputs/lane_sum_output.hpp>
#include <ctgrad/kernel/outputs/memory_output.hpp>
#include <ctgrad/kernel/outputs/row_output.hpp>
#include <ctgrad/kernel/outputs/stored_output.hpp>
#include <ctgrad/kernel/outputs/total_output.hpp>

namespace ctgrad::detail {

template <output_kind Kind>
struct output_of_kind;
template <>
struct output_of_kind<output_kind::store> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = stored_output<P, S, R, W, Parts, RowsInLanes>;
};
template <>
struct output_of_kind<output_kind::total> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = total_output<P, S, R, W, Parts, RowsInLanes>;
};
template <>
struct output_of_kind<output_kind::columns> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = columns_output<P, S, R, W, Parts, RowsInLanes>;
};
template <>
struct output_of_kind<output_kind::row> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = row_output<P, S, R, W, Parts, RowsInLanes>;
};
template <>
struct output_of_kind<output_kind::lane_sum> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = lane_sum_output<P, S, R, W, Parts, RowsInLanes>;
};
template <>
struct output_of_kind<output_kind::in_memory> {
    template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
    using type = memory_output<P, S, R, W, Parts, RowsInLanes>;
};

/// What becomes of output `R` of kernel `S` of program `P`: stored, or combined, `W` lanes at a time with
/// `Parts` partial results.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
using output_t = typename output_of_kind<P::template loop<S>.outputs[R].kind>::template type<P, S, R, W, Parts, RowsInLanes>;

} // namespace ctgrad::detail
