// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/differentiate.hpp>

#include <string_view>

namespace ctgrad::detail {

/// Nodes and their copies for each example: what `lift` and its rules work on. A copy has an axis of examples in front where the node has
/// none.
template <class Ref>
struct lifted_nodes {
    /// The op that joins examples, reads them in another order, or cannot be lifted; none if all is well.
    std::string_view obstacle{};

    constexpr explicit lifted_nodes(Ref loss)
        : graph_(*loss.graph), examples_(loss.shape()[0]), copies_(loss.id + 1), lifted_(loss.id + 1) {}

    builder& graph_;
    dimension examples_;
    list<Ref> copies_;  ///< Of a node that depends on the leaves.
    list<bool> lifted_; ///< Whether the copy has an axis more.

    constexpr void add(int id, Ref copy) {
        copies_[id] = copy;
        lifted_[id] = axis_of(graph_[id].shape) < 0;
        int axes = 0;
        for (int k = 0; k < graph_[id].shape.rank; ++k) axes += graph_[id].shape[k] == examples_ ? 1 : 0;
        if (axes > 1) obstacle = graph_[id].op->name;
    }

    /// The axis of examples, or -1.
    constexpr int axis_of(const tensor_shape& s) const {
        for (int k = 0; k < s.rank; ++k)
            if (s[k] == examples_) return k;
        return -1;
    }
    constexpr tensor_shape in_front(const tensor_shape& s) const {
        tensor_shape out;
        out.append(examples_);
        for (int k = 0; k < s.rank; ++k) out.append(s[k]);
        return out;
    }

    constexpr Ref with_copies(Ref leaf) const {
        if (axis_of(leaf.shape()) >= 0) return leaf;
        attributes a = *leaf;
        a.shape = in_front(leaf.shape());
        return graph_.add(*leaf->op, a, nullptr);
    }
    constexpr Ref repeated(Ref x) const { return expand(x, in_front(x.shape())); }

    constexpr bool is_lifted(int id) const { return copies_[id] && lifted_[id]; }
    constexpr Ref copy_or_original(int id) const { return copies_[id] ? copies_[id] : Ref{&graph_, id}; }
    constexpr Ref input(int id, int k) const { return copy_or_original(graph_[id].inputs[k]); }
    constexpr Ref refuse(int id) {
        obstacle = graph_[id].op->name;
        return {&graph_, id};
    }

    constexpr Ref unchanged(const node& n, int id) const { return with_attributes(n, id, n); }
    constexpr Ref with_attributes(const node& n, int id, const attributes& a) const {
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = input(id, k);
        return graph_.add(*n.op, a, in);
    }
    constexpr attributes lifted_shape(attributes a) const {
        a.shape = in_front(a.shape);
        return a;
    }
    constexpr Ref elementwise(const node& n, int id) const {
        const attributes a = lifted_shape(n);
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = is_lifted(n.inputs[k]) ? input(id, k) : repeated(input(id, k));
        return graph_.add(*n.op, a, in);
    }

    constexpr Ref with_examples_in_front(const node& n, int id, int k) const {
        if (is_lifted(n.inputs[k])) return input(id, k);
        const tensor_shape from = graph_[n.inputs[k]].shape;
        const int axis = axis_of(from);
        attributes front;
        front.shape = in_front(from);
        front.numbers[0] = axis;
        for (int i = 0; i < from.rank; ++i) front.numbers[i + 1] = i == axis ? -1 : i;
        if (axis >= 0) front.shape[axis + 1] = dimension(1);
        return apply<view_op>(front, input(id, k));
    }

    /// `x` with its first axis behind the `axes` that follow, or the other way round.
    static constexpr Ref turned(Ref x, int axes, bool back) {
        attributes a;
        const tensor_shape from = x.shape();
        for (int k = 0; k < from.rank; ++k) {
            a.numbers[k] = back ? (k == 0 ? axes : k <= axes ? k - 1 : k) : (k < axes ? k + 1 : k == axes ? 0 : k);
            a.shape.append(from[a.numbers[k]]);
        }
        return apply<view_op>(a, x);
    }
};

} // namespace ctgrad::detail
