// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/partial_sums.hpp>

namespace ctgrad::detail {

/// What is combined with what is in memory: element by element where memory moves along the innermost axis, else each row at its end.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct memory_output : partial_sums<P, S, R, W, Parts, RowsInLanes, false> {
    using base = partial_sums<P, S, R, W, Parts, RowsInLanes, false>;
    using base::D, base::self, base::loop, base::inner, base::neutral, base::made, base::rank;
    using typename base::scalar, typename base::vector, typename base::values, typename base::place_in, typename base::body,
        typename base::combine;
    using in_memory = sums_in_memory<P, S, R>;

    static constexpr bool moves_inner = rank > 0 && self.out.stride[inner].factor != 0;
    static constexpr bool combines_inner = base::combines_inner && !moves_inner;
    static constexpr bool sums_row = base::sums_row && combines_inner;
    static constexpr bool clears_memory = true, begins_rows = combines_inner, ends_rows = combines_inner;
    /// Sums run on in memory, each in its element, until their blocks are moved to the workspace.
    static constexpr running_sums running = in_memory::running;
    static constexpr bool runs_in_memory = running.can_be_long(), ends = runs_in_memory;
    struct no_sums {};
    using sums = std::conditional_t<combines_inner, typename base::sums, no_sums>;
    using blocks = std::conditional_t<combines_inner, typename base::blocks, no_sums>;

    [[gnu::always_inline]] static void clear_memory(const arguments& a, const place_in& at) {
        constexpr extent_product size = size_of(made.shape, P::plan.dimensions);
        const std::int64_t n = value_of<size>(a.sizes);
        for (std::int64_t i = 0; i < n; ++i) base::memory(at)[i] = neutral;
        if constexpr (runs_in_memory)
            if (running.are_long(a.sizes)) clear_blocks(in_memory::blocks(a), n);
    }
    [[gnu::always_inline]] static void begin_row(sums& s, [[maybe_unused]] blocks& b) {
        base::clear(s);
        if constexpr (sums_row) b.sum = block_sum<scalar>::none();
    }
    [[gnu::always_inline]] static void add_row(sums&, values& fixed, const arguments&, const place_in& at, [[maybe_unused]] int n) {
        scalar* const to = base::memory(at);
        if constexpr (RowsInLanes)
            add_to(to, body::template value<self.term>(fixed, fixed), n);
        else
            *to = combine{}(*to, base::first(body::template value<self.term>(fixed, fixed)));
    }
    template <int... K>
    [[gnu::always_inline]] static void add(index_pack<K...> abreast, sums& s, values* v, values& fixed, const arguments& a,
                                           const place_in& at, std::int64_t i, int n) {
        if constexpr (moves_inner)
            (add_to(base::element(at, a, i + K * W), body::template value<self.term>(v[K], fixed), n), ...);
        else
            base::add(abreast, s, v, fixed, a, at, i, n);
    }
    [[gnu::always_inline]] static void end_row(sums& s, blocks& b, values&, const arguments&, const place_in& at, int,
                                               [[maybe_unused]] bool settled) {
        scalar* const to = base::memory(at);
        *to = combine{}(*to, base::all_of(s, b, settled));
    }
    /// At the end of index `at` along an axis `Axis`, moves what a block of indices along it has added up in memory to the
    /// sums of blocks; `n` elements of the innermost axis have been passed over.
    template <int Axis>
    [[gnu::always_inline]] static void settle_memory(const arguments& a, const place_in& at, std::int64_t n) {
        in_memory::template settle<Axis>(a, at.index[Axis], base::memory(at), n);
    }
    template <bool Joins>
    [[gnu::always_inline]] static void end(sums&, blocks&, const arguments& a, const place_in& at) {
        if constexpr (!Joins)
            if (running.are_long(a.sizes)) finish_blocks(in_memory::blocks(a), base::memory(at), value_of<running.count>(a.sizes));
    }

private:
    [[gnu::always_inline]] static void add_to(scalar* to, const vector& x, int n) {
        store_lanes<D, W>(to, combine{}(load_lanes<D, W>(to, n), x), n);
    }
};

} // namespace ctgrad::detail
