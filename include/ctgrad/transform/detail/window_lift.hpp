// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/lifted_nodes.hpp>

namespace ctgrad {

struct convolution_op;
struct convolution_input_op;
struct convolution_kernel_op;
struct overlap_add_op;
struct pick_largest_op;
struct place_largest_op;
struct windows_op;

} // namespace ctgrad

namespace ctgrad::detail {

/// Lifts convolutions and windows.
template <class Ref>
struct window_lift {
    lifted_nodes<Ref>& all;
    const node n;
    int id;

    /// A convolution for each example: of examples, which are the first axis of x and y, a set of one each, and of what has none a set
    /// of copies.
    constexpr Ref convolution(bool any) {
        const int kernel = is_op<convolution_op>(*n.op) ? 1 : 0,
                  image = all.graph_[n.inputs[1 - kernel]].shape[0] == all.examples_ ? 0 : -1;
        if (all.axis_of(all.graph_[n.inputs[1 - kernel]].shape) != image || all.axis_of(all.graph_[n.inputs[kernel]].shape) >= 0)
            return all.refuse(id);
        if (!any) return image == 0 ? all.unchanged(n, id) : all.refuse(id);
        const Ref made = with_sets();
        if (image < 0) return made;
        attributes back;
        back.shape = n.shape;
        for (int k = 0; k < n.shape.rank; ++k) back.numbers[k] = k == 0 ? 0 : k + 1;
        return apply<view_op>(back, made);
    }
    /// The windows of each copy, or what is added up of them.
    constexpr Ref windows() {
        attributes a = all.lifted_shape(n);
        ++a.numbers[0];
        return all.with_attributes(n, id, a);
    }
    constexpr Ref with_sets() {
        Ref in[max_arity];
        int rank = 0;
        for (int k = 0; k < n.op->arity; ++k) {
            in[k] = all.with_examples_in_front(n, id, k);
            rank = in[k].shape().rank;
        }
        int window_axes = 0;
        while (window_axes < 3 && (n.numbers[2 * window_axes + 1] & 0xfff) != 0) ++window_axes;
        if (rank != window_axes + 3) return all.refuse(id); // these are sets already
        attributes a = all.lifted_shape(n);
        if (all.axis_of(n.shape) == 0) a.shape[1] = dimension(1);
        return all.graph_.add(*n.op, a, in);
    }
};

} // namespace ctgrad::detail
