// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/rewrite/rewrite.hpp>

/// @file Of what shows the same elements otherwise: views, reshapes, slices, casts.

namespace ctgrad::rewrites {

constexpr ref view_that_changes_nothing(const auto& at) { return view_op::is_identity(at.draft, at.x().shape()) ? at.x() : ref{}; }

/// A view or reshape of one number everywhere.
constexpr ref shown_number(const auto& at) {
    const auto x = at.x();
    return is_number(x) ? constant(*at.graph, constant_value(*x), x->type, at.draft.shape) : ref{};
}

constexpr ref view_of_view(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<view_op>(x)) return {};
    attributes both = at.attrs();
    for (int k = 0; k < at.draft.shape.rank; ++k)
        if (at.draft.numbers[k] >= 0) both.numbers[k] = x->numbers[at.draft.numbers[k]];
    return apply<view_op>(both, x.input(0));
}

constexpr ref same_shape(const auto& at) { return at.x().shape() == at.draft.shape ? at.x() : ref{}; }

constexpr ref slice_of_slice(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<slice_op>(x)) return {};
    attributes both = at.attrs();
    for (int k = 0; k < at.draft.shape.rank; ++k) both.numbers[k] += x->numbers[k];
    return apply<slice_op>(both, x.input(0));
}

/// A loop counts from 0 what it generates.
constexpr ref slice_of_positions(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<coordinate_op>(x)) return {};
    const int axis = x->numbers[0];
    attributes positions = *x;
    positions.shape = at.draft.shape;
    const double begin = at.draft.numbers[axis];
    const auto from_0 = at.graph->add(info<coordinate_op>, positions, nullptr);
    return begin == 0 ? from_0 : from_0 + constant(*at.graph, begin, x->type, positions.shape);
}

constexpr ref reshape_of_reshape(const auto& at) {
    return is_made_by<reshape_op>(at.x()) ? apply<reshape_op>(at.attrs(), at.x().input(0)) : ref{};
}

constexpr ref same_type(const auto& at) { return at.x()->type == at.draft.type ? at.x() : ref{}; }

} // namespace ctgrad::rewrites
