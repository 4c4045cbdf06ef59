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
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((from[I] = start_of<I, false>(a)), true)...};
        }(loads<is_outside>{});
        [&]<int... R>(index_pack<R...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((to[R] = const_cast<void*>(start_of<R, true>(a))), true)...};
        }(outputs<is_written>{});
    }

    /// Moves on by `count` along an axis.
    template <int Axis>
    [[gnu::always_inline]] void advance(std::int64_t count, const arguments& a) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((from[I] = static_cast<const scalar_of<Loop.loads[I].type>*>(from[I]) +
                                                                    count * value_of<Loop.loads[I].stride[Axis]>(a.sizes)),
                                                         true)...};
        }(loads<moves_outside<Axis>>{});
        [&]<int... R>(index_pack<R...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((to[R] = static_cast<scalar_of<Loop.outputs[R].out.type>*>(to[R]) +
                                                                  count * value_of<Loop.outputs[R].out.stride[Axis]>(a.sizes)),
                                                         true)...};
        }(outputs<is_written_along<Axis>>{});
    }

    /// Moves what reads the block of a product there.
    [[gnu::always_inline]] void enter(const void* block) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((from[I] = block), true)...};
        }(loads<is_in_block>{});
    }
    [[gnu::always_inline]] void advance_in_block(std::int64_t elements) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {
                true, ((from[I] = static_cast<const scalar_of<Loop.loads[I].type>*>(from[I]) + elements), true)...};
        }(loads<is_in_block>{});
    }

private:
    static constexpr bool is_in_block(const walk& w) { return w.from.where == place::block; }
    static constexpr bool is_outside(const walk& w) { return w.from.where != place::block; }
    static constexpr bool is_written(const loop_output& r) { return r.written; }
    template <int Axis>
    static constexpr bool moves_outside(const walk& w) {
        return is_outside(w) && w.stride[Axis].factor != 0;
    }
    template <int Axis>
    static constexpr bool is_written_along(const loop_output& r) {
        return r.written && r.out.stride[Axis].factor != 0;
    }

    template <bool (*Is)(const walk&)>
    static constexpr bool is_load(int i) {
        return Is(Loop.loads[i]);
    }
    template <bool (*Is)(const loop_output&)>
    static constexpr bool is_output(int r) {
        return Is(Loop.outputs[r]);
    }
    /// The loads, and the outputs, that are so.
    template <bool (*Is)(const walk&)>
    using loads = numbers_that_are<Loop.load_count, is_load<Is>>;
    template <bool (*Is)(const loop_output&)>
    using outputs = numbers_that_are<Loop.output_count, is_output<Is>>;

    template <bool IsOutput>
    static constexpr const walk& walk_at(int i) {
        if constexpr (IsOutput)
            return Loop.outputs[i].out;
        else
            return Loop.loads[i];
    }
    template <int I, bool IsOutput>
    [[gnu::always_inline]] static const void* start_of(const arguments& a) {
        constexpr walk w = walk_at<IsOutput>(I);
        std::int64_t begin = 0;
        [&]<int... K>(index_pack<K...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, ((begin += w.start_index[K] * value_of<w.start_stride[K]>(a.sizes)), true)...};
        }(up_to<w.starts>);
        return a.template address<const scalar_of<w.type>>(w.from) + begin;
    }
};

} // namespace ctgrad::detail
