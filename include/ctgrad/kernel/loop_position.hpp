// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/unrolled.hpp>

namespace ctgrad::detail {

/// Part of a loop of two axes, and the block of a product that is there.
struct loop_part {
    std::int64_t row, rows, column, columns;
    const void* block;
    std::int64_t block_stride; ///< From row to row of the block, in elements.
};

/// Where a loop, `Loop`, stands: its outer indices, where the innermost begins, and the row that each load and
/// each output has come to. The addresses are copies, since a store might change those in memory for all
/// that a compiler knows.
template <const auto& Loop>
struct loop_position {
    std::int64_t index[max_rank]{};
    counted<const void*, Loop.load_count> from{};
    counted<void*, Loop.output_count> to{};

    /// Goes to the first element.
    [[gnu::always_inline]] void start(const arguments& a) {
        unrolled(up_to<Loop.load_count>, [&]<int I>() __attribute__((always_inline)) {
            constexpr walk w = Loop.loads[I];
            std::int64_t begin = 0;
            unrolled(up_to<w.starts>,
                     [&]<int K>() __attribute__((always_inline)) { begin += w.start_index[K] * value_of<w.start_stride[K]>(a.sizes); });
            if constexpr (w.from.where != place::block) from[I] = a.template address<const scalar_of<w.type>>(w.from) + begin;
        });
        unrolled(up_to<Loop.output_count>, [&]<int R>() __attribute__((always_inline)) {
            constexpr walk w = Loop.outputs[R].out;
            if constexpr (Loop.outputs[R].written) to[R] = a.template address<scalar_of<w.type>>(w.from);
        });
    }

    /// Moves on by `count` along an axis.
    template <int Axis>
    [[gnu::always_inline]] void advance(std::int64_t count, const arguments& a) {
        unrolled(up_to<Loop.load_count>, [&]<int I>() __attribute__((always_inline)) {
            constexpr walk w = Loop.loads[I];
            if constexpr (w.from.where != place::block && w.stride[Axis].factor != 0)
                from[I] = static_cast<const scalar_of<w.type>*>(from[I]) + count * value_of<w.stride[Axis]>(a.sizes);
        });
        unrolled(up_to<Loop.output_count>, [&]<int R>() __attribute__((always_inline)) {
            constexpr walk w = Loop.outputs[R].out;
            if constexpr (Loop.outputs[R].written && w.stride[Axis].factor != 0)
                to[R] = static_cast<scalar_of<w.type>*>(to[R]) + count * value_of<w.stride[Axis]>(a.sizes);
        });
    }

    /// Moves what reads the block of a product there.
    [[gnu::always_inline]] void enter(const void* block) {
        for_each_load_in_block([&]<int I>() __attribute__((always_inline)) { from[I] = block; });
    }
    [[gnu::always_inline]] void advance_in_block(std::int64_t elements) {
        for_each_load_in_block([&]<int I>() __attribute__((always_inline)) {
            from[I] = static_cast<const scalar_of<Loop.loads[I].type>*>(from[I]) + elements;
        });
    }

private:
    template <class Visit>
    [[gnu::always_inline]] static void for_each_load_in_block(Visit visit) {
        unrolled(up_to<Loop.load_count>, [&]<int I>() __attribute__((always_inline)) {
            if constexpr (Loop.loads[I].from.where == place::block) visit.template operator()<I>();
        });
    }
};

} // namespace ctgrad::detail
