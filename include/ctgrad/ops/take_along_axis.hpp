// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/checked_index.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

struct put_along_axis_op;

/// Elements of the first input, along axis `numbers[0]` at the positions that the second says. A position outside gives 0.
struct take_along_axis_op {
    static constexpr char name[] = "take_along_axis";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        const tensor_shape &x = in[0]->shape, &indices = in[1]->shape;
        if (in[1]->type != dtype::int32) return {{}, fault::dtype_must_be_integer};
        if (x.rank != indices.rank) return {{}, fault::rank_must_fit};
        for (int k = 0; k < x.rank; ++k)
            if (k != asked.numbers[0] && !(x[k] == indices[k])) return {{}, fault::extents_must_match_outside_axis};
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = indices;
        return out;
    }
    template <class Out, class X, class Index>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x, const strided<Index>& indices) {
        const int axis = a.numbers[0];
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{};
            for (int k = 0; k < x.rank; ++k) at[k] = index[k];
            at[axis] = static_cast<std::int64_t>(indices.at(index));
            out.at(index) = at[axis] >= 0 && at[axis] < x.extent[axis] ? x.at(at) : Out(0);
        });
    }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x(0).shape();
        return apply<put_along_axis_op>(back, at.dy, at.x(1));
    }
};

/// The sums of what has one position along the axis: the derivative of `take_along_axis`. A position outside is left out.
struct put_along_axis_op {
    static constexpr char name[] = "put_along_axis";
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
    template <class Out, class X, class Index>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x, const strided<Index>& indices) {
        const int axis = a.numbers[0];
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = Out{}; });
        for_each_index(x.rank, x.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{};
            for (int k = 0; k < x.rank; ++k) at[k] = index[k];
            at[axis] = static_cast<std::int64_t>(indices.at(index));
            if (at[axis] >= 0 && at[axis] < out.extent[axis]) out.at(at) += x.at(index);
        });
    }
    static constexpr bool may_vanish(const auto&) { return true; } // where a position lies outside
    static constexpr ref derivative(const auto& at) {
        attributes back;
        back.numbers[0] = at.attrs().numbers[0];
        return apply<take_along_axis_op>(back, at.dy, at.x(1));
    }
};

namespace detail {

template <int Axis>
struct take_along_options {
    static constexpr phrase called(std::string_view op) { return call_along(op, axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& x, const attributes&) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        if (axis < 0 || axis >= x.shape.rank) out.found = fault::axis_must_be_in_range;
        out.result.numbers[0] = axis;
        return out;
    }
};

} // namespace detail

/// Elements of `x` along an axis (the last if none is named) at int32 positions: result[i, j] = x[i, indices[i, j]] for
/// `take_along_axis(x, indices, axis<1>)`.
/// @returns the shape of `indices`, which has the extents of `x` along all other axes. A call that feeds an index outside the axis throws
/// `ctgrad::error`; indices that are computed, or changed after `bind`, give zeros there.
/// Derivative: each element gets the sum of the gradients of its uses.
/// **Fails when** the indices are not int32, or another extent differs (`dtype_must_be_integer`, `rank_must_fit`,
/// `extents_must_match_outside_axis`). Source: `numpy.take_along_axis`.
struct take_along_axis_function {
    template <expression X, expression Indices, int Axis = -1>
    constexpr auto operator()(X x, Indices indices, axis_t<Axis> = {}) const {
        using options = detail::take_along_options<Axis>;
        if constexpr (detail::fault_on<take_along_axis_op, options, X, Indices>() != fault::none)
            return apply<take_along_axis_op, options>(x, indices);
        else if constexpr (detail::is_poison<X> || detail::is_poison<Indices>)
            return poison{};
        else
            return apply<take_along_axis_op, options>(x, detail::checked_indices<normalized(Axis, X::rank)>(indices, x));
    }
};
inline constexpr take_along_axis_function take_along_axis{};

} // namespace ctgrad
