// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_root.hpp>

namespace ctgrad::detail {

/// Runs step `S` of program `P`, a loop nest.
template <class P, int S>
class loop_runner {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int rank = loop.rank;
    static constexpr int inner = rank > 0 ? rank - 1 : 0;
    static constexpr int root_count = loop.root_count;

    static constexpr bool moves_by_one_or_none(const walk& w) {
        return w.stride[inner] == extent_product{} || w.stride[inner].factor == 0;
    }
    static constexpr bool vectorizes = [] {
        if (rank == 0) return false;
        bool good = true;
        for (int i = 0; i < loop.load_count; ++i) good = good && moves_by_one_or_none(loop.loads[i]);
        for (int r = 0; r < root_count; ++r) good = good && moves_by_one_or_none(loop.roots[r].out);
        return good;
    }();
    /// As many lanes as the widest element type of the loop allows, and no more than the axis fills.
    static constexpr int width = [] {
        if (!vectorizes) return 1;
        bool doubles = false;
        for (int t = 0; t < loop.term_count; ++t) doubles = doubles || P::graph()[loop.terms[t].node].type == dtype::float64;
        const int widest = doubles ? simd::native_lanes<double> : simd::native_lanes<float>;
        int lanes = widest;
        if (loop.extent[inner].is_static())
            while (lanes > 1 && lanes / 2 >= loop.extent[inner].factor) lanes /= 2;
        return lanes;
    }();
    /// Independent partial results of sums along the innermost axis keep the additions from waiting.
    static constexpr int parts = [] {
        bool sums = false;
        for (int r = 0; r < root_count; ++r)
            sums = sums || ((loop.roots[r].kind == root_kind::total || loop.roots[r].kind == root_kind::row) && !loop.roots[r].by_row);
        const bool long_rows = rank > 0 && (!loop.extent[inner].is_static() || loop.extent[inner].factor >= 8 * width);
        return sums && long_rows && loop.stages == 1 && width > 1 && loop.term_count <= 20 ? 4 : 1;
    }();

    using body = loop_body<P, S, width>;
    using place_in = typename body::place_in;
    template <int R>
    using root = loop_root_runner<P, S, R, width, parts>;
    template <class>
    struct all_sums;
    template <int... R>
    struct all_sums<std::integer_sequence<int, R...>> {
        using type = registers<std::integer_sequence<int, R...>, typename root<R>::sums...>;
    };
    using sums = typename all_sums<std::make_integer_sequence<int, root_count>>::type;

public:
    static void run(const arguments& a) { run_inline(a); }

    [[gnu::always_inline]] static void run_inline(const arguments& a) {
        place_in at;
        for_each_constant<loop.load_count>([&]<int I>(std::integral_constant<int, I>) __attribute__((always_inline)) {
            constexpr walk w = loop.loads[I];
            std::int64_t start = 0;
            for_each_constant<w.starts>([&]<int K>(std::integral_constant<int, K>) __attribute__((always_inline)) {
                start += w.start_index[K] * value_of<w.start_stride[K]>(a.sizes);
            });
            at.from[I] = a.template address<const scalar_of<w.type>>(w.from) + start;
        });
        for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) {
            constexpr walk w = loop.roots[R].out;
            if constexpr (loop.roots[R].written) at.to[R] = a.template address<scalar_of<w.type>>(w.from);
        });
        sums s;
        for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) { root<R>::begin(get<R>(s), a, at); });
        nest<0>(a, at, s);
        for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) { root<R>::end(get<R>(s), at); });
    }

private:
    template <class Visit>
    [[gnu::always_inline]] static void for_each_root(Visit visit) {
        for_each_constant<root_count>(visit);
    }

    template <int Axis>
    [[gnu::always_inline]] static void nest(const arguments& a, place_in at, sums& s) {
        if constexpr (Axis >= inner)
            row(a, at, s);
        else {
            const std::int64_t n = value_of<loop.extent[Axis]>(a.sizes);
            for (at.index[Axis] = 0; at.index[Axis] < n; ++at.index[Axis]) {
                nest<Axis + 1>(a, at, s);
                for_each_constant<loop.load_count>([&]<int I>(std::integral_constant<int, I>) __attribute__((always_inline)) {
                    at.from[I] = static_cast<const scalar_of<loop.loads[I].type>*>(at.from[I]) + value_of<loop.loads[I].stride[Axis]>(a.sizes);
                });
                for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) {
                    constexpr walk w = loop.roots[R].out;
                    if constexpr (loop.roots[R].written && w.stride[Axis].factor != 0)
                        at.to[R] = static_cast<scalar_of<w.type>*>(at.to[R]) + value_of<w.stride[Axis]>(a.sizes);
                });
            }
        }
    }

    /// All stages along the innermost axis.
    [[gnu::always_inline]] static void row(const arguments& a, const place_in& at, sums& s) {
        typename body::values fixed;
        typename body::kept_rows kept;
        const std::int64_t n = rank == 0 ? 1 : value_of<loop.extent[inner]>(a.sizes);
        for_each_constant<loop.stages>([&]<int Stage>(std::integral_constant<int, Stage>) __attribute__((always_inline)) {
            body::template compute_invariants<Stage>(fixed, a, at);
            for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) {
                if constexpr (belongs<R>(Stage) && loop.roots[R].by_row) root<R>::add_row(get<R>(s), fixed, at);
                if constexpr (belongs<R>(Stage)) root<R>::begin_row(get<R>(s));
            });
            if constexpr (passes_over<Stage>()) pass<Stage>(fixed, kept, a, at, s, n);
            for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) {
                if constexpr (belongs<R>(Stage)) root<R>::end_row(get<R>(s), fixed, at);
            });
        });
    }

    template <int R>
    static constexpr bool belongs(int stage) {
        return loop.terms[loop.roots[R].term].stage == stage;
    }
    /// Whether a stage has anything to do for each element.
    template <int Stage>
    static constexpr bool passes_over() {
        for (int r = 0; r < root_count; ++r)
            if (loop.terms[loop.roots[r].term].stage == Stage && !loop.roots[r].by_row) return true;
        for (int t = 0; t < loop.term_count; ++t)
            if (loop.terms[t].stage == Stage && loop.terms[t].kept >= 0) return true;
        return false;
    }

    template <int Stage>
    [[gnu::always_inline]] static void pass(typename body::values& fixed, typename body::kept_rows& kept, const arguments& a,
                                            const place_in& at, sums& s, std::int64_t n) {
        auto some = [&](std::int64_t i, int part, int count) __attribute__((always_inline)) {
            typename body::values v;
            body::template compute<Stage>(v, fixed, kept, a, at, i, count);
            for_each_root([&]<int R>(std::integral_constant<int, R>) __attribute__((always_inline)) {
                if constexpr (belongs<R>(Stage) && !loop.roots[R].by_row) root<R>::add(get<R>(s), v, fixed, a, at, i, part, count);
            });
        };
        std::int64_t i = 0;
        if constexpr (parts > 1)
            for (; i + parts * width <= n; i += parts * width)
                for_each_constant<parts>([&]<int Part>(std::integral_constant<int, Part>) __attribute__((always_inline)) {
                    some(i + Part * width, Part, width);
                });
        for (; i + width <= n; i += width) some(i, 0, width);
        if constexpr (width > 1)
            if (i < n) some(i, 0, static_cast<int>(n - i));
    }
};

} // namespace ctgrad::detail
