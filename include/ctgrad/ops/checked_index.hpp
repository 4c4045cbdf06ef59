// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

#include <limits>

namespace ctgrad {

/// The input, indices that lie in [0, extent): a call that feeds them checks it before it changes anything.
/// `numbers[0]` is the extent, or `name` the dimension. A view of all elements where they are, it costs nothing.
struct checked_index_op {
    static constexpr char name[] = "checked_index";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr void map_axes(const attributes&, access&) {}

    /// The attributes of indices below the extent of `d`. The name of a dimension counts by its hash.
    static constexpr attributes below(dimension d) {
        constexpr std::int64_t largest = std::numeric_limits<std::int32_t>::max();
        attributes a;
        if (d.is_static())
            a.numbers[0] = static_cast<std::int32_t>(d.extent < largest ? d.extent : largest);
        else {
            a.name = d.name;
            a.bits = d.name->hash;
        }
        return a;
    }
    static constexpr dimension index_bound(const attributes& a) { return a.bits != 0 ? dimension(*a.name) : dimension(a.numbers[0]); }
};

namespace detail {

/// Indices of the axis `Axis` of another operand, negative from the end.
template <int Axis>
struct index_options {
    static constexpr inference asked(const attributes&, const attributes& other) {
        return {checked_index_op::below(other.shape[Axis < 0 ? other.shape.rank + Axis : Axis])};
    }
};

/// `indices` of axis `Axis` of `other`, checked in each call if they are fed and not computed.
template <int Axis, operand Indices, operand Other>
constexpr auto checked_indices(Indices indices, Other other) {
    if constexpr (is_expr<Indices>) {
        constexpr auto input = [](const linked_node& n) -> const linked_node& { return *n.inputs[0]; };
        if constexpr (leaf_behind(Indices::root(), input))
            return apply_like<checked_index_op, index_options<Axis>>(indices, other);
        else
            return indices;
    } else
        return indices;
}

} // namespace detail
} // namespace ctgrad
