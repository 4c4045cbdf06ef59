// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_body.hpp>
#include <ctgrad/kernel/sums_in_memory.hpp>

namespace ctgrad::detail {

/// What all outputs of a loop have in common: output `R` of kernel `S` of program `P`, which takes `W` lanes at a time, `Parts` vectors
/// abreast. An output hides what it does something about. A loop calls, for each run, `clear_memory` (the first run alone) and `begin`;
/// for each row `begin_row`, `add` or (of what is one value a row) `add_row`, and `end_row`; at last `end`.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct output {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr const loop_output& self = loop.outputs[R];
    static constexpr const node& made = P::graph()[self.node];
    static constexpr dtype D = made.type;
    static constexpr int rank = loop.rank, inner = rank > 0 ? rank - 1 : 0;
    using body = loop_body<P, S, W, RowsInLanes>;
    using values = typename body::values;
    using place_in = typename body::place_in;
    using scalar = scalar_of<D>;
    using vector = lanes_t<D, W>;

    /// What a run keeps in registers, and in memory: sums of blocks that have been moved out of the registers.
    struct sums {};
    struct blocks {};

    static constexpr bool begins = false, clears_memory = false, begins_rows = false, ends_rows = false, ends = false;
    /// Whether the elements of the innermost axis are combined with each other.
    static constexpr bool combines_inner = false;
    /// Whether registers hold sums, that could become too long a chain, over all rows, or for one row.
    static constexpr bool sums_all = false, sums_row = false;
    /// Whether what lies in lanes is combined for each index of other axes by itself.
    static constexpr bool sums_lanes = false;
    /// Whether sums run on in memory.
    static constexpr bool runs_in_memory = false;

    /// Whether elements of the innermost axis that lie in lanes are not adjacent in memory.
    static constexpr bool is_apart =
        W > 1 && rank > 0 && !RowsInLanes && self.out.stride[inner].factor != 0 && !(self.out.stride[inner] == extent_product{});

    /// Whether rows lie in lanes, and are adjacent in memory.
    static constexpr bool has_adjacent_rows = RowsInLanes && has_adjacent_lanes(self.out, RowsInLanes ? loop.lane_axis : 0);

    [[gnu::always_inline]] static scalar* memory(const place_in& at) { return static_cast<scalar*>(at.to[R]); }

    /// Where element `i` of the innermost axis lies.
    [[gnu::always_inline]] static scalar* element(const place_in& at, [[maybe_unused]] const arguments& a, std::int64_t i) {
        if constexpr (has_adjacent_rows)
            return memory(at) + i / W * value_of<self.out.stride[inner]>(a.sizes);
        else if constexpr (is_apart || (W == 1 && rank > 0))
            return memory(at) + i * value_of<self.out.stride[inner]>(a.sizes);
        else
            return memory(at) + i;
    }
    /// Stores what `n` rows in lanes have each.
    [[gnu::always_inline]] static void store_rows(const place_in& at, const arguments& a, const vector& x, int n) {
        if constexpr (has_adjacent_rows)
            store_lanes<D, W>(memory(at), x, n);
        else
            store_lanes_apart<D, W>(memory(at), value_of<self.out.stride[loop.lane_axis]>(a.sizes), x, n);
    }
    [[gnu::always_inline]] static scalar first(const vector& x) {
        if constexpr (W == 1)
            return x;
        else
            return x[0];
    }
};

/// An output that combines: of a reduction.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct combining_output : output<P, S, R, W, Parts, RowsInLanes> {
    using base = output<P, S, R, W, Parts, RowsInLanes>;
    using typename base::scalar, typename base::vector;
    using reduction = op_type<P::graph()[base::self.node].op>;
    static constexpr scalar neutral = static_cast<scalar>(rounded(base::D, base::made.op->identity));

    struct combine {
        template <class V>
        [[gnu::always_inline]] V operator()(V x1, V x2) const {
            return reduction::combine(x1, x2);
        }
    };
    /// Combines the first `n` lanes.
    [[gnu::always_inline]] static void add_lanes(vector& sum, const vector& x, [[maybe_unused]] int n) {
        const vector more = reduction::combine(sum, x);
        if constexpr (W == 1)
            sum = more;
        else
            sum = n == W ? more : simd::select(simd::first_lanes<vector>(static_cast<std::size_t>(n)), more, sum);
    }
};

} // namespace ctgrad::detail
