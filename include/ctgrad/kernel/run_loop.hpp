// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_outputs.hpp>
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
    static constexpr int inner = shape::inner, abreast = shape::abreast;
    static constexpr bool is_tiny = shape::is_tiny;
    using body = loop_body<P, S, width, rows_in_lanes>;
    /// How many elements go abreast.
    static constexpr std::int64_t step = std::int64_t{abreast} * width;

    using place_in = typename body::place_in;
    template <int R>
    using output_at = output_t<P, S, R, width, abreast, rows_in_lanes>;
    using outputs = loop_outputs<P, S, width, abreast, rows_in_lanes>;
    struct sums : outputs::sums { // for its short name
        std::int64_t chain = 0;   ///< How many terms at most a partial result has taken, where rows are counted.
    };
    using blocks = typename outputs::blocks;

    /// How many terms a row of `n` elements, or `n` rows in lanes, at most leave in a partial result.
    static constexpr std::int64_t longest_chain_of_row(std::int64_t n) {
        constexpr bool takes_elements = outputs::sums_elements; // others take one value a row
        if (!takes_elements) return 1;
        if (rows_in_lanes) return loop.extent[inner].factor;
        const std::int64_t chain = n / step + abreast;
        return chain < longest_chain ? chain : longest_chain;
    }
    /// Whether sums over all rows may need blocks: there are several rows, and not a few of known length.
    static constexpr bool counts_rows() {
        bool known = true;
        std::int64_t chain = rank > 0 ? longest_chain_of_row(loop.extent[inner].factor) : 1;
        for (int k = 0; k < rank; ++k) {
            known = known && loop.extent[k].is_static();
            if (k < inner) chain *= loop.extent[k].factor;
        }
        const bool several = rank > 1 || (rank == 1 && P::plan.kernels[S].driver >= 0);
        return outputs::sums_all && several && !(known && chain <= longest_chain);
    }
    /// Whether rows may be so long that what sums one in one pass needs blocks.
    static constexpr bool has_long_rows =
        rank > 0 && !rows_in_lanes && !(loop.extent[inner].is_static() && loop.extent[inner].factor <= longest_chain * step);

public:
    /// A run that has begun: its first addresses, and what outputs have combined so far.
    struct state {
        place_in at;
        sums s;
        blocks b;
    };

    [[CTGRAD_OPTIMIZED]] static void run(const arguments& a) { run_inline(a); }

    [[gnu::always_inline]] static void run_inline(const arguments& a) {
        if constexpr (abreast > 4) simd::detail::align_frame();
        state now;
        begin(now, a);
        if constexpr (outputs::sums_lanes) // there may be many
            nest<0>(a, now.at, now.s, now.b);
        else {
            sums s = now.s; // sums of blocks are a memory, these are registers
            nest<0>(a, now.at, s, now.b);
            now.s = s;
        }
        end(now, a);
    }

    [[gnu::always_inline]] static void begin(state& now, const arguments& a) {
        start(now, a);
        outputs::clear_memory(a, now.at);
    }
    /// Begins a further run beside one that has begun.
    [[gnu::always_inline]] static void start(state& now, const arguments& a) {
        now.at.start(a);
        outputs::begin(now.s, now.b);
    }

    /// Runs over a part. Parts may come in any order, each once; those of a loop with passes are whole rows,
    /// and so are those of a loop whose two axes have become one.
    template <bool TiledBlock = false>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run_part(state& now, const arguments& a, const loop_part& part) {
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
                    outputs::template settle_memory<0>(a, at, columns);
                    at.template advance<0>(1, a);
                    at.advance_in_block(part.block_stride);
                }
        }
        now.s = s;
    }

    [[gnu::always_inline]] static void end(state& now, const arguments& a) { outputs::template end<false>(now.s, now.b, a, now.at); }
    /// Adds what a further run has combined to what the first one has left at its end.
    [[gnu::always_inline]] static void join(state& now, const arguments& a) { outputs::template end<true>(now.s, now.b, a, now.at); }

private:
    template <int Axis>
    [[gnu::always_inline]] static void nest(const arguments& a, place_in at, sums& s, blocks& b) {
        if constexpr (Axis == loop.lane_axis)
            tiles<false>(a, at, s, b, 0, value_of<loop.extent[Axis]>(a.sizes), 0);
        else if constexpr (Axis >= inner)
            row(a, at, s, b, rank == 0 ? 1 : value_of<loop.extent[inner]>(a.sizes));
        else {
            const std::int64_t n = value_of<loop.extent[Axis]>(a.sizes);
            for (at.index[Axis] = 0; at.index[Axis] < n; ++at.index[Axis]) {
                nest<Axis + 1>(a, at, s, b);
                outputs::template settle_memory<Axis>(a, at, value_of<loop.extent[inner]>(a.sizes));
                at.template advance<Axis>(1, a);
            }
        }
    }

    /// Rows [first, first + rows), a vector at a time.
    template <bool TiledBlock>
    [[gnu::always_inline]] static void tiles(const arguments& a, place_in& at, sums& s, blocks& b, std::int64_t first, std::int64_t rows,
                                             std::int64_t block_stride) {
        constexpr int lane = loop.lane_axis;
        outputs::begin_lanes(s, b);
        for (std::int64_t done = 0; done < rows; done += width) {
            const int n = static_cast<int>(rows - done < width ? rows - done : width);
            at.index[lane] = first + done;
            tile<TiledBlock, lane + 1>(a, at, s, b, n, block_stride);
            outputs::end_vector(s, b);
            at.template advance<lane>(width, a);
            at.advance_in_block(width * block_stride);
        }
        outputs::end_lanes(s, b, at);
    }
    /// All axes inside of that in the lanes, of which `n` count.
    template <bool TiledBlock, int Axis>
    [[gnu::always_inline]] static void tile(const arguments& a, place_in at, sums& s, blocks& b, int n, std::int64_t block_stride) {
        if constexpr (Axis < inner) {
            const std::int64_t indices = value_of<loop.extent[Axis]>(a.sizes);
            for (at.index[Axis] = 0; at.index[Axis] < indices; ++at.index[Axis]) {
                tile<TiledBlock, Axis + 1>(a, at, s, b, n, block_stride);
                at.template advance<Axis>(1, a);
            }
        } else {
            row_tiles<loop> tiled;
            place_in in_tile = at;
            tiled.template load<TiledBlock>(in_tile, block_stride, a, n);
            row(a, in_tile, s, b, n);
            tiled.store(at, a, n);
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
        passes(up_to<loop.passes>, fixed, kept, a, at, s, b, n);
    }
    template <int... Pass>
    [[gnu::always_inline]] static void passes(index_pack<Pass...>, typename body::values& fixed, typename body::kept_rows& kept,
                                              const arguments& a, const place_in& at, sums& s, blocks& b, std::int64_t n) {
        (pass<Pass>(fixed, kept, a, at, s, b, n), ...);
    }
    template <int Pass>
    [[gnu::always_inline]] static void pass(typename body::values& fixed, typename body::kept_rows& kept, const arguments& a,
                                            const place_in& at, sums& s, blocks& b, std::int64_t n) {
        using here = typename outputs::template of_pass<Pass>;
        const int lanes = rows_in_lanes ? static_cast<int>(n) : width;
        body::template compute_invariants<Pass>(fixed, a, at, lanes);
        here::begin_row(s, b, fixed, a, at, lanes);
        if constexpr (passes_over<Pass>()) run_pass<Pass>(fixed, kept, a, at, s, b, n);
        here::end_row(s, b, fixed, a, at, lanes, has_long_rows && n >= longest_chain * step);
    }
    [[gnu::always_inline]] static void settle_all(sums& s, blocks& b) {
        outputs::settle_all(s, b);
        s.chain = 0;
    }

    /// Whether a pass has anything to do for each element.
    template <int Pass>
    static constexpr bool passes_over() {
        for (int r = 0; r < loop.output_count; ++r)
            if (loop.terms[loop.outputs[r].term].pass == Pass && !loop.outputs[r].by_row) return true;
        for (int t = 0; t < loop.term_count; ++t)
            if (loop.terms[t].pass == Pass && loop.terms[t].kept >= 0) return true;
        return false;
    }

    template <int Pass>
    [[gnu::always_inline]] static void run_pass(typename body::values& fixed, typename body::kept_rows& kept, const arguments& a,
                                                const place_in& at, sums& s, blocks& b, std::int64_t n) {
        using here = typename outputs::template of_pass<Pass>;
        auto some = [&]<int K>(std::integral_constant<int, K>, std::int64_t i, int count) __attribute__((always_inline)) {
            counted<typename body::values, K> v;
            body::template compute<Pass, K>(v, fixed, kept, a, at, i, count);
            here::template add<K>(s, v, fixed, a, at, i, count);
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
        if constexpr (has_long_rows && here::sums_elements)
            while (i + step <= n) {
                some(std::integral_constant<int, abreast>{}, i, width);
                i += step;
                if (i % (longest_chain * step) != 0) [[likely]]
                    continue;
                here::settle(s, b);
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
