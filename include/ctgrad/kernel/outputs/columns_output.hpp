// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/output.hpp>

namespace ctgrad::detail {

/// All rows become one, each column in a lane of its own; rows in lanes: in a register of its own.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct columns_output : combining_output<P, S, R, W, Parts, RowsInLanes> {
    using base = combining_output<P, S, R, W, Parts, RowsInLanes>;
    using base::D, base::self, base::loop, base::inner, base::neutral;
    using typename base::scalar, typename base::vector, typename base::values, typename base::place_in, typename base::body,
        typename base::combine, typename base::reduction;
    static constexpr bool begins = true, ends = true;

    static constexpr bool has_whole_rows = hands_out_whole_rows<P, P::plan.kernels[S].driver>;
    static constexpr int columns = static_cast<int>(loop.extent[inner].factor);
    static constexpr int count = RowsInLanes ? columns : (columns + W - 1) / W;
    static constexpr bool sums_all = is_floating(D) && adds_terms<reduction>;
    struct sums {
        counted<vector, count> part;
    };
    struct settled_columns {
        bool any; ///< If not, there are no sums yet.
        block_sum<scalar> sum[static_cast<std::size_t>(RowsInLanes ? count : count * W)];
    };
    struct no_blocks {};
    using blocks = std::conditional_t<sums_all, settled_columns, no_blocks>;

    [[gnu::always_inline]] static void begin(sums& s, [[maybe_unused]] blocks& b) {
        clear(up_to<count>, s);
        if constexpr (sums_all) {
            b.any = false;
            asm("" : "=m"(b.sum)); // g++ does not see that `any` says whether there are sums, and would warn
        }
    }
    template <int... K>
    [[gnu::always_inline]] static void add(index_pack<K...>, sums& s, values* v, values& fixed, const arguments&,
                                           [[maybe_unused]] const place_in& at, std::int64_t i, [[maybe_unused]] int n) {
        [[maybe_unused]] const std::int64_t first = has_whole_rows ? 0 : at.index[inner];
        (base::add_lanes(s.part[count == 1 ? 0 : (first + i) / W + K], body::template value<self.term>(v[K], fixed), RowsInLanes ? n : W),
         ...);
    }
    /// Moves what registers have added up to the sums of blocks.
    [[gnu::always_inline]] static void settle(sums& s, blocks& b) {
        if (!b.any)
            for (block_sum<scalar>& each : b.sum) each = block_sum<scalar>::none();
        settle(up_to<count>, s, b);
        b.any = true;
        clear(up_to<count>, s);
    }
    template <bool Joins>
    [[gnu::always_inline]] static void end(sums& s, [[maybe_unused]] blocks& b, const arguments&, const place_in& at) {
        scalar* const to = base::memory(at);
        if constexpr (sums_all)
            if (b.any) {
                settle(s, b);
                for (int c = 0; c < columns; ++c) to[c] = Joins ? combine{}(to[c], b.sum[c].value()) : b.sum[c].value();
                return;
            }
        if constexpr (RowsInLanes)
            for (int c = 0; c < columns; ++c) {
                const scalar total = simd::detail::reduce(s.part[c], combine{});
                to[c] = Joins ? combine{}(to[c], total) : total;
            }
        else
            store<Joins>(up_to<count>, to, s);
    }

private:
    template <int... C>
    [[gnu::always_inline]] static void clear(index_pack<C...>, sums& s) {
        ((s.part[C] = fill_lanes<D, W>(neutral)), ...);
    }
    template <int... C>
    [[gnu::always_inline]] static void settle(index_pack<C...>, sums& s, blocks& b) { // so that parts stay registers
        if constexpr (RowsInLanes)
            (b.sum[C].add(simd::detail::reduce(s.part[C], combine{})), ...);
        else
            (add_blocks(b.sum + C * W, s.part[C]), ...);
    }
    template <bool Joins, int... C>
    [[gnu::always_inline]] static void store(index_pack<C...>, scalar* to, const sums& s) {
        constexpr auto lanes = [](int c) { return columns - c * W < W ? columns - c * W : W; };
        (store_lanes<D, W>(to + C * W, Joins ? combine{}(load_lanes<D, W>(to + C * W, lanes(C)), s.part[C]) : s.part[C], lanes(C)), ...);
    }
};

} // namespace ctgrad::detail
