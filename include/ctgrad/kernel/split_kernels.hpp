// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction.hpp>

namespace ctgrad::detail {

/// What the parts of a loop have to do with each other.
struct split_facts {
    bool rows = true;            ///< Whether its rows may be split,
    bool columns = true;         ///< and its columns.
    bool sums_over_rows = false; ///< Whether something is then summed over the parts.
    bool sums_over_columns = false;
};
constexpr split_facts split_facts_of(const auto& loop) {
    split_facts f;
    f.columns = loop.rank == 2 && loop.passes == 1;
    if (loop.rank < 1 || loop.rank > 2) f.rows = false;
    for (int r = 0; r < loop.output_count; ++r) {
        const loop_output& output = loop.outputs[r];
        if (output.kind == output_kind::total) f.sums_over_rows = f.sums_over_columns = true;
        if (output.kind == output_kind::columns) f.sums_over_rows = true;
        if (output.kind == output_kind::row || output.by_row) f.columns = false;
        if (output.kind != output_kind::in_memory) continue;
        if (loop.rank == 2 && output.out.stride[0].factor == 0) f.rows = false;
        if (loop.rank == 1 || output.out.stride[1].factor == 0) f.columns = false;
    }
    return f;
}

/// Runs `work(state, p)` for each part p of a loop; what the parts have summed is put together in their order.
template <class Loop, class Executor, class Work>
[[gnu::always_inline]] inline void run_in_parts(const Executor& on, const arguments& args, int parts, const Work& work) {
    typename Loop::state now[most_parts];
    Loop::begin(now[0], args);
    on.run(parts, [&](int p) {
        if (p > 0) Loop::start(now[p], args);
        work(now[p], p);
    });
    Loop::end(now[0], args);
    for (int p = 1; p < parts; ++p) Loop::join(now[p], args);
}

/// The most parts of a kernel: where sums go over parts, the number of threads makes no difference.
template <class Executor>
constexpr int most_parts_on(const Executor& on, bool sums) {
    const int threads = on.concurrency();
    return sums || threads > most_parts ? most_parts : threads;
}

/// Runs kernel `S`, a loop, in parts of its rows, or of its elements if it has one axis.
template <class P, int S>
struct split_loop {
    using loop = loop_runner<P, S>;
    static constexpr const auto& nest = P::template loop<S>;
    static constexpr split_facts facts = split_facts_of(nest);

    template <class Executor>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& args, const Executor& on) {
        if constexpr (!facts.rows)
            loop::run(args);
        else {
            constexpr std::int64_t unit = nest.rank == 1 ? 1024 : 16;
            const std::int64_t rows = value_of<nest.extent[0]>(args.sizes);
            const std::int64_t columns = nest.rank == 1 ? 1 : value_of<nest.extent[nest.rank - 1]>(args.sizes);
            const int parts =
                count_parts(rows * columns * nest.term_count, this_target.loop_part, rows / unit, most_parts_on(on, facts.sums_over_rows));
            if (parts == 1) return loop::run(args);
            run_in_parts<loop>(on, args, parts, [&](typename loop::state& now, int p) {
                const range part = part_of_range(rows, unit, p, parts);
                loop::run_part(now, args, {part.first, part.count, 0, columns, nullptr, 0});
            });
        }
    }
};

/// How a product is split.
struct product_parts {
    bool by_columns;
    std::int64_t extent, unit;
    int parts;

    constexpr range operator[](int p) const { return part_of_range(extent, unit, p, parts); }
};
template <class Product, class Executor>
[[gnu::always_inline]] inline product_parts split_product(const arguments& args, const Executor& on, split_facts facts) {
    constexpr bool in_strips = Product::plan.method == contraction_method::by_strips;
    const std::int64_t rows = value_of<Product::a::rows>(args.sizes), columns = value_of<Product::b::columns>(args.sizes);
    product_parts split{in_strips && facts.columns && (columns >= rows || !facts.rows), rows, this_target.block_rows, 1};
    if (split.by_columns) split = {true, columns, simd::native_lanes<typename Product::scalar>, 1};
    const bool sums = split.by_columns ? facts.sums_over_columns : facts.sums_over_rows;
    if (split.by_columns || facts.rows)
        split.parts =
            count_parts(Product::multiplications(args.sizes), this_target.product_part, split.extent / split.unit, most_parts_on(on, sums));
    return split;
}

template <class Product, class Sink>
[[gnu::always_inline]] inline void run_part_of_product(const arguments& args, const product_parts& split, int p, Sink& sink) {
    if constexpr (Product::plan.method == contraction_method::by_strips)
        if (split.by_columns) return Product::run_columns(args, nullptr, split[p], sink);
    Product::run_rows(args, nullptr, split[p], sink);
}

template <class P, int S>
struct split_contraction {
    using kernel = contraction_kernel<P, S>;
    using product = typename kernel::product;

    template <class Executor>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& args, const Executor& on) {
        if constexpr (product::a::batch_axes > 0)
            kernel::run(args);
        else {
            const product_parts split = split_product<product>(args, on, {});
            if (split.parts == 1) return kernel::run(args);
            on.run(split.parts, [&](int p) {
                typename kernel::sink to = kernel::sink_at(args, nullptr);
                run_part_of_product<product>(args, split, p, to);
            });
        }
    }
};

template <class P, int S>
struct split_driven_loop {
    using kernel = driven_loop_kernel<P, S>;
    using loop = typename kernel::loop;
    using product = typename kernel::product;

    template <class Executor>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& args, const Executor& on) {
        const product_parts split = split_product<product>(args, on, split_facts_of(P::template loop<S>));
        if (split.parts == 1) return kernel::run(args);
        run_in_parts<loop>(on, args, split.parts, [&](typename loop::state& now, int p) {
            typename kernel::sink::buffer memory;
            typename kernel::sink blocks(now, args, memory, split.by_columns ? 0 : split[p].first);
            run_part_of_product<product>(args, split, p, blocks);
            blocks.finish();
        });
    }
};

} // namespace ctgrad::detail
