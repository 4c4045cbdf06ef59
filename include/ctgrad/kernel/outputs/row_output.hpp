// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/partial_sums.hpp>

namespace ctgrad::detail {

/// Each row becomes one element, which later passes over the row may use.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct row_output : partial_sums<P, S, R, W, Parts, RowsInLanes, false> {
    using base = partial_sums<P, S, R, W, Parts, RowsInLanes, false>;
    using base::D, base::self, base::loop, base::sums_row;
    using typename base::sums, typename base::blocks, typename base::scalar, typename base::vector, typename base::values,
        typename base::place_in, typename base::body;
    static constexpr bool begins_rows = true, ends_rows = true;

    [[gnu::always_inline]] static void begin_row(sums& s, [[maybe_unused]] blocks& b) {
        base::clear(s);
        if constexpr (sums_row) b.sum = block_sum<scalar>::none();
    }
    /// `settled`: the row had blocks.
    [[gnu::always_inline]] static void end_row(sums& s, blocks& b, values& fixed, [[maybe_unused]] const arguments& a, const place_in& at,
                                               [[maybe_unused]] int n, [[maybe_unused]] bool settled) {
        if constexpr (RowsInLanes) {
            hand_on(readers{}, fixed, s.part[0]);
            if constexpr (self.written) base::store_rows(at, a, s.part[0], n);
        } else {
            const scalar total = base::all_of(s, b, settled);
            hand_on(readers{}, fixed, fill_lanes<D, W>(total));
            if constexpr (self.written) *base::memory(at) = total;
        }
    }

private:
    /// The terms of later passes that are this row.
    static constexpr bool reads_row(int t) { return loop.terms[t].kind == term_kind::row && loop.terms[t].detail == R; }
    using readers = numbers_that_are<body::term_count, reads_row>;
    template <int... T>
    [[gnu::always_inline]] static void hand_on(index_pack<T...>, [[maybe_unused]] values& fixed, [[maybe_unused]] const vector& total) {
        [[maybe_unused]] const bool done[] = {
            true, (static_cast<typename body::template slot<T>&>(fixed).item[body::place.of[T]] = total, true)...};
    }
};

} // namespace ctgrad::detail
