// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/checked_index.hpp>

namespace ctgrad {

struct scatter_sum_op;

/// Rows of the first input: result[i..., j...] = table[indices[i...], j...]. An index outside the
/// table reads zeros.
struct gather_op {
    static constexpr char name[] = "gather";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        const tensor_shape &table = in[0]->shape, &indices = in[1]->shape;
        if (in[1]->type != dtype::int32) return {{}, fault::dtype_must_be_integer};
        if (table.rank == 0 || table.rank - 1 + indices.rank > max_rank) return {{}, fault::rank_must_fit};
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = indices;
        for (int k = 1; k < table.rank; ++k) out.result.shape.append(table[k]);
        return out;
    }
    template <class Out, class Table, class Index>
    static constexpr void evaluate(const attributes&, const strided<Out>& out, const strided<Table>& table, const strided<Index>& indices) {
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{static_cast<std::int64_t>(indices.at(index))};
            for (int k = 1; k < table.rank; ++k) at[k] = index[indices.rank + k - 1];
            out.at(index) = at[0] >= 0 && at[0] < table.extent[0] ? table.at(at) : Out(0);
        });
    }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        attributes back;
        back.shape = at.x(0).shape();
        return apply<scatter_sum_op>(back, at.dy, at.x(1));
    }
};

/// The sums of the rows of the first input that have one index: the derivative of `gather`
/// (`tf.math.unsorted_segment_sum`). An index outside the result is left out.
struct scatter_sum_op {
    static constexpr char name[] = "scatter_sum";
    static constexpr bool is_sum = true; ///< `Out` may be what adds up more precisely.
    static constexpr int flops = 1;
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }
    template <class Out, class Rows, class Index>
    static constexpr void evaluate(const attributes&, const strided<Out>& out, const strided<Rows>& rows, const strided<Index>& indices) {
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = Out{}; });
        for_each_index(rows.rank, rows.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{static_cast<std::int64_t>(indices.at(index))};
            for (int k = 1; k < out.rank; ++k) at[k] = index[indices.rank + k - 1];
            if (at[0] >= 0 && at[0] < out.extent[0]) out.at(at) += rows.at(index);
        });
    }
    static constexpr ref derivative(const auto& at) { return apply<gather_op>(attributes{}, at.dy, at.x(1)); }
    static constexpr bool may_vanish(const auto&) { return true; } // where an index lies outside
};

/// Rows of `table` chosen by int32 `indices` (`tf.gather` along axis 0): an embedding look-up.
/// @returns `indices.shape` followed by the shape of a row. A call that feeds an index outside the table throws
/// `ctgrad::error`; indices that are computed, or changed after `bind`, give zeros there.
/// Derivative to `table`: each row gets the sum of the gradients of its uses.
/// **Fails when** the indices are not int32 (`dtype_must_be_integer`). Source: `tf.gather`.
struct gather_function {
    template <operand_or_number Table, operand_or_number Indices>
    constexpr auto operator()(Table table, Indices indices) const {
        if constexpr (!detail::is_expr<Table> || !detail::is_expr<Indices>)
            return apply<gather_op>(table, indices);
        else if constexpr (detail::fault_on<gather_op, no_options, Table, Indices>() != fault::none)
            return apply<gather_op>(table, indices);
        else
            return apply<gather_op>(table, detail::checked_indices<0>(indices, table));
    }
};
inline constexpr gather_function gather{};

} // namespace ctgrad
