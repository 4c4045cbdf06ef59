// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/output.hpp>

namespace ctgrad::detail {

/// What combines the elements of a row, or of all rows, in registers: `Parts` partial results, so that additions do not wait for each
/// other. Or, of a reduction that knows how to sum what the term is made of (`sum_of`), its own registers: then only it needs the term,
/// and the term is skipped.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes, bool SumsAll>
struct partial_sums : combining_output<P, S, R, W, Parts, RowsInLanes> {
    using base = combining_output<P, S, R, W, Parts, RowsInLanes>;
    using base::D, base::self, base::loop, base::neutral;
    using typename base::scalar, typename base::vector, typename base::values, typename base::place_in, typename base::body,
        typename base::reduction, typename base::combine;

    static constexpr bool combines_inner = !self.by_row;
    static constexpr bool skips_term = [] {
        constexpr term t = loop.terms[self.term];
        if constexpr (Parts == 1 || !combines_inner || t.kind != term_kind::apply || D != dtype::float32)
            return false;
        else
            return count_readers(loop, self.term) == 1 &&
                   requires { typename reduction::template sum_of<op_type<P::graph()[t.node].op>, vector>; };
    }();
    /// Whether terms are added, and to a chain that could become too long; the loop knows how long it is.
    static constexpr bool has_blocks = !skips_term && is_floating(D) && adds_terms<reduction>;
    static constexpr bool sums_all = has_blocks && SumsAll;
    static constexpr bool sums_row = has_blocks && !SumsAll && combines_inner;

    struct parts {
        counted<vector, Parts> part;
    };
    template <bool Skips>
    static auto sums_tag() {
        if constexpr (Skips)
            return type_tag<typename reduction::template sum_of<op_type<P::graph()[loop.terms[self.term].node].op>, vector>>{};
        else
            return type_tag<parts>{};
    }
    using sums = typename decltype(sums_tag<skips_term>())::type;
    struct settled_sum {
        bool any; ///< Of all rows: asking for it takes less than adding nothing.
        block_sum<scalar> sum;
    };
    struct no_blocks {};
    using blocks = std::conditional_t<sums_all || sums_row, settled_sum, no_blocks>;

    [[gnu::always_inline]] static void clear(sums& s) {
        if constexpr (skips_term)
            s = sums{};
        else
            [&]<int... I>(index_pack<I...>)
                __attribute__((always_inline)) { ((s.part[I] = fill_lanes<D, W>(neutral)), ...); }(up_to<Parts>);
    }
    template <int... K>
    [[gnu::always_inline]] static void add(index_pack<K...>, sums& s, values* v, values& fixed, const arguments&, const place_in&,
                                           std::int64_t, int n) {
        if constexpr (skips_term)
            (add_input<K, sizeof...(K)>(s, v[K], fixed, n), ...);
        else
            (base::add_lanes(s.part[K], body::template value<self.term>(v[K], fixed), n), ...);
    }
    /// Moves what registers have added up to the sums of blocks.
    [[gnu::always_inline]] static void settle(sums& s, blocks& b) {
        b.sum.add(total_of(s));
        if constexpr (sums_all) b.any = true;
        clear(s);
    }
    [[gnu::always_inline]] static scalar total_of(sums& s) {
        if constexpr (self.by_row && !RowsInLanes)
            return base::first(s.part[0]);
        else if constexpr (skips_term)
            return s.value();
        else {
            const vector sum = sum_of_parts<0, Parts>(s);
            if constexpr (W == 1)
                return sum;
            else
                return simd::detail::reduce(sum, combine{});
        }
    }
    /// What registers hold, and blocks before them.
    [[gnu::always_inline]] static scalar all_of(sums& s, [[maybe_unused]] blocks& b, [[maybe_unused]] bool settled) {
        const scalar total = total_of(s);
        if constexpr (sums_all || sums_row)
            if (settled) [[unlikely]] {
                b.sum.add(total);
                return b.sum.value();
            }
        return total;
    }

private:
    template <int K, int Count>
    [[gnu::always_inline]] static void add_input(sums& s, values& v, values& fixed, int n) {
        const vector x = body::template value<loop.terms[self.term].inputs[0]>(v, fixed);
        s.add(n == W ? x : simd::select(simd::first_lanes<vector>(static_cast<std::size_t>(n)), x, vector(sums::neutral)));
        if constexpr (K == Count - 1 || (K + 1) % sums::most_added == 0) s.settle();
    }
    template <int First, int Count>
    [[gnu::always_inline]] static vector sum_of_parts(const sums& s) {
        constexpr int half = Count / 2;
        if constexpr (Count == 1)
            return s.part[First];
        else
            return reduction::combine(sum_of_parts<First, Count - half>(s), sum_of_parts<First + Count - half, half>(s));
    }
};

} // namespace ctgrad::detail
