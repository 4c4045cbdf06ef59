// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/partial_sums.hpp>

namespace ctgrad::detail {

/// All of the loop becomes one element.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct total_output : partial_sums<P, S, R, W, Parts, RowsInLanes, true> {
    using base = partial_sums<P, S, R, W, Parts, RowsInLanes, true>;
    using base::self, base::sums_all;
    using typename base::sums, typename base::blocks, typename base::scalar, typename base::values, typename base::place_in,
        typename base::body, typename base::combine;
    static constexpr bool begins = true, ends = true;

    [[gnu::always_inline]] static void begin(sums& s, [[maybe_unused]] blocks& b) {
        base::clear(s);
        if constexpr (sums_all) {
            b.any = false;
            b.sum = block_sum<scalar>::none();
        }
    }
    [[gnu::always_inline]] static void add_row(sums& s, values& fixed, const arguments&, const place_in&, [[maybe_unused]] int n) {
        const auto x = body::template value<self.term>(fixed, fixed);
        if constexpr (RowsInLanes)
            base::add_lanes(s.part[0], x, n);
        else
            s.part[0] = combine{}(s.part[0], x);
    }
    /// `Joins`: what is in memory is combined with it.
    template <bool Joins>
    [[gnu::always_inline]] static void end(sums& s, blocks& b, const arguments&, const place_in& at) {
        bool settled = false;
        if constexpr (sums_all) settled = b.any;
        const scalar total = base::all_of(s, b, settled);
        *base::memory(at) = Joins ? combine{}(*base::memory(at), total) : total;
    }
};

} // namespace ctgrad::detail
