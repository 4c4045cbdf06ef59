// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_body.hpp>
#include <ctgrad/kernel/row_tiles.hpp>

namespace ctgrad::detail {

/// How kernel `S` of program `P`, a loop, uses vectors.
template <class P, int S>
struct loop_shape {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int rank = loop.rank;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    static constexpr int output_count = loop.output_count;
    static constexpr dtype widest = [] {
        bool doubles = false;
        for (int t = 0; t < loop.term_count; ++t) doubles = doubles || P::graph()[loop.terms[t].node].type == dtype::float64;
        return doubles ? dtype::float64 : dtype::float32;
    }();
    static constexpr bool rows_in_lanes = loop.lane_axis >= 0;

    /// Operations for each element of the innermost axis.
    static constexpr int flops_of_element = [] {
        int flops = 0;
        for (int t = 0; t < loop.term_count; ++t)
            if (loop.terms[t].kind == term_kind::apply && !loop.terms[t].invariant) flops += P::graph()[loop.terms[t].node].op->flops;
        return flops;
    }();

    static constexpr bool moves_by_one_or_none(const walk& w) { return w.stride[inner] == extent_product{} || w.stride[inner].factor == 0; }
    /// Elements that are not adjacent go into lanes and out of them one by one: that pays where much is computed of them.
    static constexpr bool vectorizes = [] {
        if (rank == 0) return false;
        int apart = 0;
        bool masks = false;
        for (int i = 0; i < loop.load_count; ++i) {
            apart += !moves_by_one_or_none(loop.loads[i]);
            masks = masks || (!moves_by_one_or_none(loop.loads[i]) && loop.loads[i].type == dtype::boolean);
        }
        for (int r = 0; r < output_count; ++r) {
            if (moves_by_one_or_none(loop.outputs[r].out)) continue;
            if (loop.outputs[r].kind != output_kind::store || loop.outputs[r].out.type == dtype::boolean) return false;
            ++apart;
        }
        return !masks && (apart == 0 || flops_of_element >= 4 * apart);
    }();
    /// Whether the loop is so short, and so plain, that it is fastest with scalars, all at once: shuffling lanes would
    /// take longer than they save.
    static constexpr bool is_tiny = rank == 1 && loop.extent[0].is_static() && loop.extent[0].factor <= 4 && is_arithmetic_loop<P, S>;

    /// As many lanes as the widest element type of the loop allows, and no more than the axis fills.
    static constexpr int width = [] {
        if ((!vectorizes && !rows_in_lanes) || is_tiny) return 1;
        int lanes = simd::native_lanes<scalar_of<widest>>;
        if (loop.extent[inner].is_static() && !rows_in_lanes)
            while (lanes > 1 && lanes / 2 >= loop.extent[inner].factor) lanes /= 2;
        return lanes;
    }();

    /// How many vectors are computed abreast. Sums along the innermost axis then have as many partial results,
    /// so that additions do not wait for each other, and neither do the steps of long formulas: a processor's
    /// window of instructions is full of those that wait. Loops of hundreds of terms keep
    /// more values than a first-level cache holds that way.
    static constexpr int abreast = [] {
        if (is_tiny) return static_cast<int>(loop.extent[0].factor);
        const bool long_rows = rank > 0 && (!loop.extent[inner].is_static() || loop.extent[inner].factor >= 8 * width);
        if (!long_rows || loop.passes > 1 || width == 1 || rows_in_lanes) return 1;
        bool sums = false;
        for (int r = 0; r < output_count; ++r)
            sums = sums ||
                   (!loop.outputs[r].by_row && (loop.outputs[r].kind == output_kind::total || loop.outputs[r].kind == output_kind::row));
        if (flops_of_element < this_target.short_formula) return sums ? 4 : 1;
        return loop.term_count <= this_target.kept_terms ? 8 : loop.term_count <= 4 * this_target.kept_terms ? 4 : 2;
    }();

    static constexpr int driver = P::plan.kernels[S].driver;
    /// Whether the rows of a product are short, and handed out whole.
    static constexpr bool has_whole_rows = hands_out_whole_rows<P, driver>, has_rows_of_product = driver >= 0 && has_whole_rows;

    /// Whether rows, which are always whole, are so short that they are unrolled: sums of columns are registers then.
    static constexpr bool unrolls_row = [] {
        bool sums_columns = false;
        for (int r = 0; r < output_count; ++r) sums_columns = sums_columns || loop.outputs[r].kind == output_kind::columns;
        return (sums_columns || has_rows_of_product) && rank > 1 && !rows_in_lanes && has_whole_rows &&
               (loop.extent[inner].factor + width - 1) / width * loop.term_count <= this_target.unrolled_terms;
    }();
};

} // namespace ctgrad::detail
