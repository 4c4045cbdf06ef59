// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/contract.hpp>
#include <ctgrad/kernel/contraction/operand.hpp>
#include <ctgrad/kernel/contraction/shielding_sink.hpp>
#include <ctgrad/kernel/executor.hpp>
#include <ctgrad/kernel/run_loop.hpp>
#include <ctgrad/ops/detail/shields.hpp>

#include <type_traits>

namespace ctgrad::detail {

/// Has the columns of a part count from its first.
template <class Sink>
struct columns_sink {
    static constexpr bool keeps_blocks = Sink::keeps_blocks;
    static constexpr bool takes_tiles = Sink::takes_tiles;
    Sink& to;
    std::int64_t first;
    std::int64_t row_stride;

    [[gnu::always_inline]] auto* block(std::int64_t i, std::int64_t j) const { return to.block(i, first + j); }
    [[gnu::always_inline]] void done(std::int64_t i, std::int64_t r, std::int64_t j, std::int64_t n) const { to.done(i, r, first + j, n); }
};

/// The matrix product that is node `Id` of program `P`, over equal leading axes.
template <class P, int Id>
struct contraction_of {
    using a = contraction_operand<P, Id, 0>;
    using b = contraction_operand<P, Id, 1>;
    static constexpr dtype D = a::result.type;
    using scalar = scalar_of<D>;
    using rows = decltype(product_extent<a::rows>(nullptr));
    using depth = decltype(product_extent<a::columns>(nullptr));
    using columns = decltype(product_extent<b::columns>(nullptr));
    static constexpr contraction_plan plan =
        plan_contraction<scalar>(a::along, b::along, fixed_value<rows>, fixed_value<depth>, fixed_value<columns>);

    /// The operands whose zeros are meant.
    static constexpr int shields = shields_of(P::graph()[Id]);

    static std::int64_t multiplications(const std::int64_t* sizes) {
        constexpr extent_product count = a::rows * a::columns * b::columns;
        return value_of<count>(sizes);
    }

    /// The product at index `batch` of the leading axes.
    template <class Sink>
    [[gnu::always_inline]] static void run(const arguments& args, const std::int64_t* batch, Sink& sink) {
        auto&& into = shielded(args, batch, sink);
        contract<D, a::along, b::along>(a::at(args, batch), b::at(args, batch), product_extent<a::rows>(args.sizes),
                                        product_extent<a::columns>(args.sizes), product_extent<b::columns>(args.sizes), into);
    }
    /// Some rows of it; the bits are the same however it is split.
    template <class Sink>
    [[gnu::always_inline]] static void run_rows(const arguments& args, const std::int64_t* batch, range part, Sink& sink) {
        auto&& into = shielded(args, batch, sink);
        contract_rows<D, a::along, b::along>(a::at(args, batch), b::at(args, batch), rows{}, product_extent<a::columns>(args.sizes),
                                             product_extent<b::columns>(args.sizes), part.first, part.count, into);
    }
    /// Some columns of it, which are known at run time only.
    template <class Sink>
    [[gnu::always_inline]] static void run_columns(const arguments& args, const std::int64_t* batch, range part, Sink& sink) {
        auto&& into = shielded(args, batch, sink);
        columns_sink<std::remove_reference_t<decltype(into)>> shifted{into, part.first, into.row_stride};
        contract<D, a::along, b::along>(a::at(args, batch), b::at(args, batch).from(0, part.first), product_extent<a::rows>(args.sizes),
                                        product_extent<a::columns>(args.sizes), part.count, shifted);
    }

private:
    /// `sink`, or behind what keeps meant zeros.
    template <class Sink>
    [[gnu::always_inline]] static decltype(auto) shielded(const arguments& args, const std::int64_t* batch, Sink& sink) {
        if constexpr (shields == 0)
            return (sink);
        else
            return shielding_sink<shields, plan.method, scalar, Sink>{sink, a::at(args, batch), b::at(args, batch),
                                                                      value_of<a::columns>(args.sizes), sink.row_stride};
    }
};

/// A product that is a kernel of its own.
template <class P, int S>
struct contraction_kernel {
    using product = contraction_of<P, P::plan.kernels[S].node>;
    using scalar = typename product::scalar;
    static constexpr bool is_small = product::plan.method == contraction_method::plain;

    using sink = row_major_sink<scalar>;

    [[gnu::always_inline]] static sink sink_at(const arguments& args, const std::int64_t* batch) {
        const strided<scalar> c = strided_result<P, S>(args);
        sink to{c.data, value_of<product::b::columns>(args.sizes)};
        for (int k = 0; k < product::a::batch_axes; ++k) to.data += batch[k] * c.stride[k];
        return to;
    }
    [[gnu::always_inline]] static void run(const arguments& args) {
        const auto run_one = [&](const std::int64_t* batch) __attribute__((always_inline)) {
            sink to = sink_at(args, batch);
            product::run(args, batch, to);
        };
        if constexpr (product::a::batch_axes == 0)
            run_one(nullptr);
        else
            for_each_index(product::a::batch_axes, strided_result<P, S>(args).extent, run_one);
    }
};

/// A loop that runs over the blocks of a product as they are made.
template <class P, int S>
struct driven_loop_kernel {
    static constexpr int driver = P::plan.kernels[S].driver;
    static constexpr location to = P::plan.places[driver];
    using product = contraction_of<P, driver>;
    using scalar = typename product::scalar;
    using loop = loop_runner<P, S>;
    static constexpr bool is_small = product::plan.method == contraction_method::plain;

    /// Hands the blocks of the product on to the loop, from where they shall stay or from a buffer. Blocks of
    /// whole rows, which come in order, are gathered first.
    struct sink {
        static constexpr bool keeps_blocks = to.where != place::block;
        static constexpr bool takes_tiles = !keeps_blocks && loop::rows_in_lanes && loop::width == simd::native_lanes<scalar> &&
                                            product::plan.method == contraction_method::along_rows;
        static constexpr bool gathers = product::plan.method != contraction_method::by_strips;
        static constexpr block_extent largest = largest_block<scalar>(product::plan, fixed_value<typename product::columns>);
        /// Whether one block is the whole product: the loop then becomes part of the caller, with its state in registers.
        static constexpr bool is_one_block =
            gathers && fixed_value<typename product::rows> > 0 && fixed_value<typename product::rows> <= largest.rows;
        static constexpr int buffer_rows = gathers ? 2 * largest.rows : largest.rows;
        static constexpr int buffer_stride = [] { // of rows that stay apart, each begins a vector
            constexpr int W = simd::native_lanes<scalar>;
            return loop::rank == 1 || takes_tiles ? largest.columns : (largest.columns + W - 1) / W * W;
        }();
        /// Apart from the sink, whose members are then registers.
        struct buffer {
            alignas(64) counted<scalar, keeps_blocks ? 0 : buffer_rows * buffer_stride> elements;
        };
        typename loop::state& now;
        const arguments& args;
        scalar* data;
        std::int64_t row_stride;
        std::int64_t first, end; ///< The rows that have been gathered.

        /// For a run of the loop that begins at row `first_row`.
        [[gnu::always_inline]] sink(typename loop::state& run, const arguments& given, buffer& memory, std::int64_t first_row = 0)
            : now(run), args(given), first(first_row), end(first_row) {
            if constexpr (keeps_blocks) {
                data = args.template address<scalar>(to);
                row_stride = value_of<product::b::columns>(args.sizes);
            } else {
                data = &memory.elements[0];
                row_stride = buffer_stride;
            }
        }
        [[gnu::always_inline]] scalar* block(std::int64_t i, std::int64_t j) const {
            if constexpr (keeps_blocks)
                return data + i * row_stride + j;
            else
                return data + (gathers ? i - first : 0) * row_stride;
        }
        [[gnu::always_inline]] void done(std::int64_t i, std::int64_t r, std::int64_t j, std::int64_t n) {
            if constexpr (gathers) {
                end = i + r;
                if (!is_one_block && end - first > buffer_rows - largest.rows) run_gathered();
            } else
                loop::run_part(now, args, {i, r, j, n, block(i, j), row_stride});
        }
        [[gnu::always_inline]] void finish() {
            if (gathers && end > first) run_gathered();
        }

    private:
        [[gnu::always_inline]] void run_gathered() {
            const loop_part part{first, end - first, 0, value_of<product::b::columns>(args.sizes), block(first, 0), row_stride};
            if constexpr (is_one_block)
                loop::template run_part_here<takes_tiles>(now, args, part);
            else
                loop::template run_part<takes_tiles>(now, args, part);
            first = end;
        }
    };

    [[gnu::always_inline]] static void run(const arguments& args) {
        typename loop::state now;
        loop::begin(now, args);
        typename sink::buffer memory;
        sink blocks(now, args, memory);
        product::run(args, nullptr, blocks);
        blocks.finish();
        loop::end(now, args);
    }
};

/// Keeps what a large product has on the stack out of the caller's frame.
template <class Step>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void call_kernel(const arguments& args) {
    Step::run(args);
}

template <class Step>
[[gnu::always_inline]] inline void run_contraction(const arguments& args) {
    if constexpr (Step::is_small)
        Step::run(args);
    else
        call_kernel<Step>(args);
}

} // namespace ctgrad::detail
