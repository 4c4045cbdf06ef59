// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_output.hpp>

namespace ctgrad::detail {

/// All outputs of a loop. Each function calls it of the outputs that do something then.
template <class P, int S, int W, int Parts, bool RowsInLanes, class = simd::detail::indices<P::template loop<S>.output_count>>
struct loop_outputs;
template <class P, int S, int W, int Parts, bool RowsInLanes, int... R>
struct loop_outputs<P, S, W, Parts, RowsInLanes, index_pack<R...>> {
    static constexpr const auto& loop = P::template loop<S>;
    using body = loop_body<P, S, W, RowsInLanes>;
    using values = typename body::values;
    using place_in = typename body::place_in;
    template <int I>
    using at = output_t<P, S, I, W, Parts, RowsInLanes>;
    template <bool... Is>
    using those = chosen_numbers<index_pack<R...>, Is...>;

    struct sums : slot_of<R, typename at<R>::sums>... {};
    struct blocks : slot_of<R, typename at<R>::blocks>... {};

    static constexpr bool sums_all = is_any({at<R>::sums_all...});
    static constexpr bool sums_lanes = is_any({at<R>::sums_lanes...});
    /// Whether some take each element to sums over all rows.
    static constexpr bool sums_elements = is_any({(at<R>::sums_all && at<R>::combines_inner)...});

    [[gnu::always_inline]] static void clear_memory(const arguments& a, const place_in& place) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::clear_memory(a, place), true)...};
        }(those<at<R>::clears_memory...>{});
    }
    [[gnu::always_inline]] static void begin(sums& s, blocks& b) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::begin(get<I>(s), get<I>(b)), true)...};
        }(those<at<R>::begins...>{});
    }
    template <bool Joins>
    [[gnu::always_inline]] static void end(sums& s, blocks& b, const arguments& a, const place_in& place) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::template end<Joins>(get<I>(s), get<I>(b), a, place), true)...};
        }(those<at<R>::ends...>{});
    }
    [[gnu::always_inline]] static void settle_all(sums& s, blocks& b) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::settle(get<I>(s), get<I>(b)), true)...};
        }(those<at<R>::sums_all...>{});
    }
    /// Those that sum along an axis that lies in lanes, before its first element, behind each vector of it, and behind the last.
    [[gnu::always_inline]] static void begin_lanes(sums& s, blocks& b) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::begin_lanes(get<I>(s), get<I>(b)), true)...};
        }(those<at<R>::sums_lanes...>{});
    }
    [[gnu::always_inline]] static void end_vector(sums& s, blocks& b) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::end_vector(get<I>(s), get<I>(b)), true)...};
        }(those<at<R>::sums_lanes...>{});
    }
    [[gnu::always_inline]] static void end_lanes(sums& s, blocks& b, const place_in& place) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::end_lanes(get<I>(s), get<I>(b), place), true)...};
        }(those<at<R>::sums_lanes...>{});
    }
    template <int Axis>
    [[gnu::always_inline]] static void settle_memory(const arguments& a, const place_in& place, std::int64_t n) {
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
            [[maybe_unused]] const bool done[] = {true, (at<I>::template settle_memory<Axis>(a, place, n), true)...};
        }(those<at<R>::runs_in_memory...>{});
    }

    /// Those that pass `Pass` over a row makes.
    template <int Pass>
    struct of_pass {
        static constexpr bool is_made(int r) { return loop.terms[loop.outputs[r].term].pass == Pass; }
        static constexpr bool takes_elements(int r) { return is_made(r) && !loop.outputs[r].by_row; }
        /// Whether output `I` sums a row in one pass: such sums may need blocks.
        template <int I>
        static constexpr bool sums_row =
            takes_elements(I) && (at<I>::sums_row || (at<I>::sums_all && loop.outputs[I].kind == output_kind::total));
        static constexpr bool sums_elements = is_any({sums_row<R>...});

        [[gnu::always_inline]] static void begin_row(sums& s, blocks& b, values& fixed, const arguments& a, const place_in& place, int n) {
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
                [[maybe_unused]] const bool done[] = {true, (at<I>::add_row(get<I>(s), fixed, a, place, n), true)...};
            }(those<(is_made(R) && loop.outputs[R].by_row)...>{});
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
                [[maybe_unused]] const bool done[] = {true, (at<I>::begin_row(get<I>(s), get<I>(b)), true)...};
            }(those<(is_made(R) && at<R>::begins_rows)...>{});
        }
        template <int K>
        [[gnu::always_inline]] static void add(sums& s, counted<values, K>& v, values& fixed, const arguments& a, const place_in& place,
                                               std::int64_t i, int n) {
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
                [[maybe_unused]] const bool done[] = {true, (at<I>::add(up_to<K>, get<I>(s), v, fixed, a, place, i, n), true)...};
            }(those<takes_elements(R)...>{});
        }
        [[gnu::always_inline]] static void settle(sums& s, blocks& b) {
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
                [[maybe_unused]] const bool done[] = {true, (at<I>::settle(get<I>(s), get<I>(b)), true)...};
            }(those<sums_row<R>...>{});
        }
        /// `is_long`: rows had blocks.
        [[gnu::always_inline]] static void end_row(sums& s, blocks& b, values& fixed, const arguments& a, const place_in& place, int n,
                                                   bool is_long) {
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) {
                [[maybe_unused]] const bool done[] = {
                    true, (at<I>::end_row(get<I>(s), get<I>(b), fixed, a, place, n, is_long && sums_row<I>), true)...};
            }(those<(is_made(R) && at<R>::ends_rows)...>{});
        }
    };
};

} // namespace ctgrad::detail
