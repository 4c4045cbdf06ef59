// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_output.hpp>
#include <ctgrad/kernel/loop_shape.hpp>

namespace ctgrad::detail {

/// Runs kernel `S` of program `P`, a loop nest.
template <class P, int S>
class loop_runner {
    static constexpr const auto& loop = P::template loop<S>;
    using shape = loop_shape<P, S>;

public:
    static constexpr int rank = loop.rank;
    static constexpr bool rows_in_lanes = shape::rows_in_lanes;
    static constexpr int width = shape::width;

private:
    static constexpr int inner = shape::inner, output_count = loop.output_count, abreast = shape::abreast;
    static constexpr bool is_tiny = shape::is_tiny;
    using body = loop_body<P, S, width, rows_in_lanes>;
    /// How many elements go abreast.
    static constexpr std::int64_t step = std::int64_t{abreast} * width;

    using place_in = typename body::place_in;
    template <int R>
    using output = loop_output_runner<P, S, R, width, abreast, rows_in_lanes>;
    template <class>
    struct all_sums;
    template <int... R>
    struct all_sums<std::integer_sequence<int, R...>> {
        using type = registers<std::integer_sequence<int, R...>, typename output<R>::sums...>;
    };
    struct sums : all_sums<std::make_integer_sequence<int, output_count>>::type { // for its short name
        std::int64_t chain = 0; ///< How many terms at most a partial result has taken, where rows are counted.
    };
    template <class>
    struct all_blocks;
    template <int... R>
    struct all_blocks<std::integer_sequence<int, R...>> {
        using type = registers<std::integer_sequence<int, R...>, typename output<R>::blocks...>;
    };
    struct blocks : all_blocks<std::make_integer_sequence<int, output_count>>::type {};

    /// How many terms a row of `n` elements, or `n` rows in lanes, at most leave in a partial result.
    static constexpr std::int64_t longest_chain_of_row(std::int64_t n) {
        bool takes_elements = false; // others take one value a row
        for_each_output([&]<int R>() { takes_elements = takes_elements || (output<R>::sums_all && output<R>::combines_inner); });
        if (!takes_elements) return 1;
        if (rows_in_lanes) return loop.extent[inner].factor;
        const std::int64_t chain = n / step + abreast;
        return chain < longest_chain ? chain : longest_chain;
    }
    /// Whether sums over all rows may need blocks: there are several rows, and not a few of known length.
    static constexpr bool counts_rows() {
        bool sums_all = false, known = true;
        for_each_output([&]<int R>() { sums_all = sums_all || output<R>::sums_all; });
        std::int64_t chain = rank > 0 ? longest_chain_of_row(loop.extent[inner].factor) : 1;
        for (int k = 0; k < rank; ++k) {
            known = known && loop.extent[k].is_static();
            if (k < inner) chain *= loop.extent[k].factor;
        }
        const bool several = rank > 1 || (rank == 1 && P::plan.kernels[S].driver >= 0);
        return sums_all && several && !(known && chain <= longest_chain);
    }
    /// Whether what output `R` sums in one pass over a row may need blocks.
    template <int R>
    static constexpr bool has_long_row = rank > 0 && !rows_in_lanes && !loop.outputs[R].by_row &&
                                         (output<R>::sums_row || (output<R>::sums_all && loop.outputs[R].kind == output_kind::total)) &&
                                         !(loop.extent[inner].is_static() && loop.extent[inner].factor <= longest_chain * step);
    template <int Pass>
    static constexpr bool has_long_pass() {
        bool found = false;
        for_each_output([&]<int R>() { found = found || (belongs<R>(Pass) && has_long_row<R>); });
        return found;
    }

public:
    /// A run that has begun: its first addresses, and what outputs have combined so far.
    struct state {
        place_in at;
        sums s;
        blocks b;
    };

    static void run(const arguments& a) { run_inline(a); }

    [[gnu::always_inline]] static void run_inline(const arguments& a) {
        if constexpr (abreast > 4) simd::detail::align_frame();
        state now;
        begin(now, a);
        sums s = now.s; // sums of blocks are a memory, these are registers
        nest<0>(a, now.at, s, now.b);
        now.s = s;
        end(now, a);
    }

    [[gnu::always_inline]] static void begin(state& now, const arguments& a) {
        start(now, a);
        for_each_output([&]<int R>() __attribute__((always_inline)) { output<R>::clear_memory(a, now.at); });
    }
    /// Begins a further run beside one that has begun.
    [[gnu::always_inline]] static void start(state& now, const arguments& a) {
        now.at.start(a);
        for_each_output([&]<int R>() __attribute__((always_inline)) { output<R>::begin(get<R>(now.s), get<R>(now.b)); });
    }

    /// Runs over a part. Parts may come in any order, each once; those of a loop with passes are whole rows,
    /// and so are those of a loop whose two axes have become one.
    template <bool TiledBlock = false>
    [[gnu::noinline]] static void run_part(state& now, const arguments& a, const loop_part& part) {
        run_part_here<TiledBlock>(now, a, part);
    }
    /// The same, as part of the caller.
    template <bool TiledBlock = false>
    [[gnu::always_inline]] static void run_part_here(state& now, const arguments& a, const loop_part& part) {
        if constexpr (abreast > 4) simd::detail::align_frame();
        place_in at = now.at;
        sums s = now.s;
        at.enter(part.block);
        if constexpr (rank == 1) {
            at.template advance<0>(part.row * part.columns, a);
            at.index[0] = part.row * part.columns;
            row(a, at, s, now.b, part.rows * part.columns);
        } else {
            static_assert(rank == 2);
            const std::int64_t columns = loop.passes > 1 ? value_of<loop.extent[inner]>(a.sizes) : part.columns;
            at.template advance<0>(part.row, a);
            at.template advance<inner>(part.column, a);
            at.index[inner] = part.column;
            if constexpr (rows_in_lanes)
                tiles<TiledBlock>(a, at, s, now.b, part.row, part.rows, part.block_stride);
            else
                for (at.index[0] = part.row; at.index[0] < part.row + part.rows; ++at.index[0]) {
                    row(a, at, s, now.b, columns);
                    settle_memory<0>(a, at, columns);
                    at.template advance<0>(1, a);
                    at.advance_in_block(part.block_stride);
                }
        }
        now.s = s;
    }

    [[gnu::always_inline]] static void end(state& now, const arguments& a) {
        for_each_output([&]<int R>()
                            __attribute__((always_inline)) { output<R>::template end<false>(get<R>(now.s), get<R>(now.b), a, now.at); });
    }
    /// Adds what a further run has combined to what the first one has left at its end.
    [[gnu::always_inline]] static void join(state& now, const arguments& a) {
        for_each_output([&]<int R>()
                            __attribute__((always_inline)) { output<R>::template end<true>(get<R>(now.s), get<R>(now.b), a, now.at); });
    }

private:
    template <class Visit>
    [[gnu::always_inline]] static constexpr void for_each_output(Visit visit) {
        unrolled(up_to<output_count>, visit);
    }

    template <int Axis>
    [[gnu::always_inline]] static void nest(const arguments& a, place_in at, sums& s, blocks& b) {
        if constexpr (rows_in_lanes)
            tiles<false>(a, at, s, b, 0, value_of<loop.extent[0]>(a.sizes), 0);
        else if constexpr (Axis >= inner)
            row(a, at, s, b, rank == 0 ? 1 : value_of<loop.extent[inner]>(a.sizes));
        else {
            const std::int64_t n = value_of<loop.extent[Axis]>(a.sizes);
            for (at.index[Axis] = 0; at.index[Axis] < n; ++at.index[Axis]) {
                nest<Axis + 1>(a, at, s, b);
                settle_memory<Axis>(a, at, value_of<loop.extent[inner]>(a.sizes));
                at.template advance<Axis>(1, a);
            }
        }
    }

    /// Rows [first, first + rows), a tile at a time.
    template <bool TiledBlock>
    [[gnu::always_inline]] static void tiles(const arguments& a, place_in& at, sums& s, blocks& b, std::int64_t first, std::int64_t rows,
                                             std::int64_t block_stride) {
        row_tiles<loop> tile;
        for (std::int64_t done = 0; done < rows; done += width) {
            const int n = static_cast<int>(rows - done < width ? rows - done : width);
            at.index[0] = first + done;
            place_in in_tile = at;
            tile.template load<TiledBlock>(in_tile, block_stride, a, n);
            row(a, in_tile, s, b, n);
            tile.store(at, a, n);
            at.template advance<0>(width, a);
            at.advance_in_block(width * block_stride);
        }
    }

    /// All passes along the innermost axis, of which there are `n` elements; or `n` rows that lie in lanes.
    [[gnu::always_inline]] static void row(const arguments& a, const place_in& at, sums& s, blocks& b, std::int64_t n) {
        if constexpr (counts_rows()) {
            const std::int64_t more = longest_chain_of_row(n);
            if (s.chain + more > longest_chain) [[unlikely]]
                settle_all(s, b);
            s.chain += more;
        }
        typename body::values fixed;
        typename body::kept_rows kept;
        const int lanes = rows_in_lanes ? static_cast<int>(n) : width;
        unrolled(up_to<loop.passes>, [&]<int Pass>() __attribute__((always_inline)) {
            body::template compute_invariants<Pass>(fixed, a, at, lanes);
            for_each_output([&]<int R>() __attribute__((always_inline)) {
                if constexpr (belongs<R>(Pass) && loop.outputs[R].by_row) output<R>::add_row(get<R>(s), fixed, at, lanes);
                if constexpr (belongs<R>(Pass)) output<R>::begin_row(get<R>(s), get<R>(b));
            });
            if constexpr (passes_over<Pass>()) run_pass<Pass>(fixed, kept, a, at, s, b, n);
            for_each_output([&]<int R>() __attribute__((always_inline)) {
                const bool settled = has_long_row<R> && n >= longest_chain * step;
                if constexpr (belongs<R>(Pass)) output<R>::end_row(get<R>(s), get<R>(b), fixed, at, lanes, settled);
            });
        });
    }
    template <int Axis>
    [[gnu::always_inline]] static void settle_memory(const arguments& a, const place_in& at, std::int64_t n) {
        for_each_output([&]<int R>() __attribute__((always_inline)) { output<R>::template settle_memory<Axis>(a, at, n); });
    }
    [[gnu::always_inline]] static void settle_all(sums& s, blocks& b) {
        for_each_output([&]<int R>() __attribute__((always_inline)) {
            if constexpr (output<R>::sums_all) output<R>::settle(get<R>(s), get<R>(b));
        });
        s.chain = 0;
    }

    template <int R>
    static constexpr bool belongs(int pass) {
        return loop.terms[loop.outputs[R].term].pass == pass;
    }
    /// Whether a pass has anything to do for each element.
    template <int Pass>
    static constexpr bool passes_over() {
        for (int r = 0; r < output_count; ++r)
            if (loop.terms[loop.outputs[r].term].pass == Pass && !loop.outputs[r].by_row) return true;
        for (int t = 0; t < loop.term_count; ++t)
            if (loop.terms[t].pass == Pass && loop.terms[t].kept >= 0) return true;
        return false;
    }

    template <int Pass>
    [[gnu::always_inline]] static void run_pass(typename body::values& fixed, typename body::kept_rows& kept, const arguments& a,
                                                const place_in& at, sums& s, blocks& b, std::int64_t n) {
        auto some = [&]<int K>(std::integral_constant<int, K>, std::int64_t i, int count) __attribute__((always_inline)) {
            counted<typename body::values, K> v;
            unrolled(up_to<loop.term_count>,
                     [&]<int T>() __attribute__((always_inline)) { body::template compute<T, Pass, K>(v, fixed, kept, a, at, i, count); });
            for_each_output([&]<int R>() __attribute__((always_inline)) {
                if constexpr (belongs<R>(Pass) && !loop.outputs[R].by_row) output<R>::template add<K>(get<R>(s), v, fixed, a, at, i, count);
            });
        };
        using one = std::integral_constant<int, 1>;
        if constexpr (rows_in_lanes) {
            constexpr int columns = static_cast<int>(loop.extent[inner].factor);
            if constexpr (columns <= 4) // sums of columns are registers then
                unrolled(up_to<columns>, [&]<int C>() __attribute__((always_inline)) { some(one{}, C * width, static_cast<int>(n)); });
            else
                for (int c = 0; c < columns; ++c) some(one{}, c * width, static_cast<int>(n));
            return;
        }
        if constexpr (shape::unrolls_row) {
            constexpr int columns = static_cast<int>(loop.extent[inner].factor);
            unrolled(up_to<(columns + width - 1) / width>, [&]<int C>() __attribute__((always_inline)) {
                some(one{}, C * width, columns - C * width < width ? columns - C * width : width);
            });
            return;
        }
        std::int64_t i = 0;
        if constexpr (has_long_pass<Pass>())
            while (i + step <= n) {
                some(std::integral_constant<int, abreast>{}, i, width);
                i += step;
                if (i % (longest_chain * step) != 0) [[likely]]
                    continue;
                for_each_output([&]<int R>() __attribute__((always_inline)) {
                    if constexpr (belongs<R>(Pass) && has_long_row<R>) output<R>::settle(get<R>(s), get<R>(b));
                });
            }
        else {
            if constexpr (abreast > 1)
                for (; i + step <= n; i += step) some(std::integral_constant<int, abreast>{}, i, width);
            if constexpr (abreast == 1 || is_tiny)
                for (; i + width <= n; i += width) some(one{}, i, width);
        }
        if constexpr (width > 1)
            for (; i < n; i += width) some(one{}, i, static_cast<int>(n - i < width ? n - i : width));
    }
};

} // namespace ctgrad::detail
