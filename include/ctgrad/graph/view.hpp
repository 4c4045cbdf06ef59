// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/operator_ops.hpp>

#include <concepts>

namespace ctgrad {

template <class Op, std::same_as<ref>... Refs>
constexpr ref apply(const attributes& asked, Refs... inputs);

/// The elements of the input along other axes: axis k of the result runs along axis `numbers[k]`
/// of the input, or repeats it (-1). Axes of the input that no axis runs along have extent 1.
/// Transposing, broadcasting, adding and dropping axes of extent 1 are this one op, and a view of
/// a view is a view.
struct view_op {
    static constexpr char name[] = "view";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }

    static constexpr void map_axes(const attributes& view, access& a) {
        std::int64_t begin[max_rank]{};
        for (int k = 0; k < view.shape.rank; ++k)
            if (view.numbers[k] >= 0) begin[view.numbers[k]] = a.begin[k];
        for (int k = 0; k < a.rank; ++k)
            if (a.axis[k] >= 0) a.axis[k] = view.numbers[a.axis[k]];
        for (int k = 0; k < max_rank; ++k) a.begin[k] = begin[k];
    }

    /// The sum over the repeated axes, then the axes back in the input's order.
    static constexpr ref derivative(const auto& at) {
        const attributes view = at.attrs();
        const tensor_shape target = at.x().shape();
        attributes sum;
        int kept = 0;
        int place[max_rank]; // of each input axis among the kept ones
        for (int& p : place) p = -1;
        for (int k = 0; k < view.shape.rank; ++k) {
            if (view.numbers[k] < 0)
                sum.numbers[0] |= 1 << k;
            else
                place[view.numbers[k]] = kept++;
        }
        const auto summed = sum.numbers[0] ? apply<reduce_sum_op>(sum, at.dy) : at.dy;
        attributes back;
        back.shape = target;
        for (int k = 0; k < target.rank; ++k) back.numbers[k] = place[k];
        return apply<view_op>(back, summed);
    }

    static constexpr bool is_identity(const attributes& view, const tensor_shape& from) {
        if (!(view.shape == from)) return false;
        for (int k = 0; k < view.shape.rank; ++k)
            if (view.numbers[k] != k && !(from[k].is_one() && view.numbers[k] < 0)) return false;
        return true;
    }
};

namespace detail {
/// The leaf whose elements `n` shows in another order or shape, or none. `input` gives the first input.
template <class Node>
constexpr maybe<Node> leaf_behind(const Node& n, auto input) {
    const Node* at = &n;
    while (at->op->kind == op_kind::reshape || is_op<deferred_t<view_op, Node>>(*at->op)) at = &input(*at);
    return at->op->kind == op_kind::leaf ? maybe<Node>(*at) : maybe<Node>();
}
} // namespace detail

/// The view that repeats a tensor of shape `from` to fill `to`, aligned at the last axis.
constexpr attributes expansion(const tensor_shape& from, const tensor_shape& to) {
    attributes a;
    a.shape = to;
    const int lead = to.rank - from.rank;
    for (int k = 0; k < to.rank; ++k) a.numbers[k] = k >= lead && from[k - lead] == to[k] ? k - lead : -1;
    return a;
}

/// `x` repeated to fill `to`, aligned at the last axis.
template <class View = view_op>
constexpr ref expand(ref x, const tensor_shape& to) {
    if (x->shape == to) return x;
    if (x->op->kind == op_kind::constant) return constant(*x.graph, constant_value(*x), x->type, to);
    return x.graph->add(info<View>, expansion(x.shape(), to), &x);
}

} // namespace ctgrad
