// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/output.hpp>

namespace ctgrad::detail {

/// What lies in lanes becomes one element for each index of other axes: of the innermost, and of those between. A vector for each keeps
/// the sums along the lanes' axis, at whose end they go to memory, that of the indices of axes farther out.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct lane_sum_output : combining_output<P, S, R, W, Parts, RowsInLanes> {
    using base = combining_output<P, S, R, W, Parts, RowsInLanes>;
    using base::D, base::self, base::loop, base::inner, base::neutral, base::made;
    using typename base::scalar, typename base::vector, typename base::values, typename base::place_in, typename base::body,
        typename base::combine, typename base::reduction;
    static constexpr int lane = loop.lane_axis;

    /// Of axes from `first` on: how many indices those have along which the result moves, or stays.
    static constexpr std::int64_t indices(int first, int end, bool moves) {
        std::int64_t all = 1;
        for (int k = first; k < end; ++k)
            if ((self.out.stride[k].factor != 0) == moves) all *= loop.extent[k].factor;
        return all;
    }
    static constexpr int end_axis = self.by_row ? inner : inner + 1;
    static constexpr int count = static_cast<int>(indices(lane + 1, end_axis, true));
    static constexpr bool stays_outside = indices(0, lane, false) > 1;
    static constexpr bool sums_lanes = true, clears_memory = stays_outside;
    /// How many vectors of rows make a block of terms.
    static constexpr std::int64_t vectors_of_block = longest_chain / indices(lane + 1, end_axis, false);
    static constexpr bool has_blocks = is_floating(D) && adds_terms<reduction>;

    struct sums {
        counted<vector, count> part;
    };
    struct settled_sums {
        std::int64_t vectors; ///< Of the block that has begun.
        bool any;             ///< If not, there are no sums yet.
        block_sum<scalar> sum[static_cast<std::size_t>(count)];
    };
    struct no_blocks {};
    using blocks = std::conditional_t<has_blocks, settled_sums, no_blocks>;

    [[gnu::always_inline]] static void clear_memory(const arguments& a, const place_in& at) {
        constexpr extent_product size = size_of(made.shape, P::plan.dimensions);
        const std::int64_t n = value_of<size>(a.sizes);
        for (std::int64_t i = 0; i < n; ++i) base::memory(at)[i] = neutral;
    }
    [[gnu::always_inline]] static void begin_lanes(sums& s, [[maybe_unused]] blocks& b) {
        for (vector& each : s.part) each = fill_lanes<D, W>(neutral);
        if constexpr (has_blocks) {
            b.vectors = 0;
            b.any = false;
            asm("" : "=m"(b.sum)); // g++ does not see that `any` says whether there are sums, and would warn
        }
    }
    [[gnu::always_inline]] static void add_row(sums& s, values& fixed, const arguments&, const place_in& at, int n) {
        base::add_lanes(s.part[index_of(at, 0)], body::template value<self.term>(fixed, fixed), n);
    }
    template <int... K>
    [[gnu::always_inline]] static void add(index_pack<K...>, sums& s, values* v, values& fixed, const arguments&, const place_in& at,
                                           std::int64_t i, int n) {
        base::add_lanes(s.part[index_of(at, i / W)], body::template value<self.term>(v[0], fixed), n);
    }
    [[gnu::always_inline]] static void end_vector([[maybe_unused]] sums& s, [[maybe_unused]] blocks& b) {
        if constexpr (has_blocks)
            if (++b.vectors == vectors_of_block) [[unlikely]]
                settle(s, b);
    }
    [[gnu::always_inline]] static void end_lanes(sums& s, [[maybe_unused]] blocks& b, const place_in& at) {
        scalar* const to = base::memory(at);
        if constexpr (has_blocks)
            if (b.any) {
                settle(s, b);
                for (int c = 0; c < count; ++c) put(to + c, b.sum[c].value());
                return;
            }
        for (int c = 0; c < count; ++c) put(to + c, simd::detail::reduce(s.part[c], combine{}));
    }

private:
    static constexpr std::int64_t column_step = self.out.stride[inner].factor;
    static_assert(inner <= lane + 2);

    /// Which vector has the sum of column `column`: they are in the order of the result.
    [[gnu::always_inline]] static std::int64_t index_of([[maybe_unused]] const place_in& at, [[maybe_unused]] std::int64_t column) {
        std::int64_t index = self.by_row ? 0 : column_step * column;
        if constexpr (lane + 1 < inner) index += self.out.stride[lane + 1].factor * at.index[lane + 1];
        return index;
    }
    [[gnu::always_inline]] static void put(scalar* to, scalar sum) { *to = stays_outside ? combine{}(*to, sum) : sum; }
    /// Moves what registers have added up to the sums of blocks.
    [[gnu::always_inline]] static void settle(sums& s, blocks& b) {
        if (!b.any)
            for (block_sum<scalar>& each : b.sum) each = block_sum<scalar>::none();
        for (int c = 0; c < count; ++c) b.sum[c].add(simd::detail::reduce(s.part[c], combine{}));
        for (vector& each : s.part) each = fill_lanes<D, W>(neutral);
        b.vectors = 0;
        b.any = true;
    }
};

} // namespace ctgrad::detail
