// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/differentiate.hpp>

#include <string_view>

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

/// Gives each example its own copy of some leaves: a node that depends on them, but has no axis of examples, gets one in
/// front, and a node that has one stays as it is. So the gradient of the sum of all losses to a leaf's
/// copies is that of each loss to the leaf, if no op joins examples.
template <class Ref>
class lift {
public:
    /// The op that joins examples, reads them in another order, or cannot be lifted; none if all is well.
    std::string_view obstacle{};

    constexpr lift(Ref loss, const list<Ref>& leaves)
        : graph_(*loss.graph), examples_(loss.shape()[0]), copies_(loss.id + 1), lifted_(loss.id + 1) {
        const list<bool> varies = on_the_way(graph_, loss.id, leaves);
        for (const Ref& leaf : leaves)
            if (leaf.id <= loss.id) add(leaf.id, with_copies(leaf));
        for (int id = 0; id <= loss.id && obstacle.empty(); ++id)
            if (varies[id] && graph_[id].op->arity > 0) add(id, apply_to_copies(id));
    }

    constexpr Ref copy(Ref original) const { return copies_[original.id]; }

    /// `x`, made of copies, with all that has an original replaced by it.
    constexpr list<Ref> with_originals(const list<Ref>& made) const {
        list<Ref> replaced(graph_.size());
        for (int id = 0; id < lifted_.size(); ++id)
            if (copies_[id]) replaced[copies_[id].id] = lifted_[id] ? repeated({&graph_, id}) : Ref{&graph_, id};
        list<bool> needed(graph_.size());
        for (const Ref& x : made)
            if (x) needed[x.id] = true;
        for (int id = graph_.size() - 1; id >= 0; --id)
            if (id < needed.size() && needed[id] && !replaced[id])
                for (int k = 0; k < graph_[id].op->arity; ++k) needed[graph_[id].inputs[k]] = true;
        for (int id = 0; id < needed.size(); ++id)
            if (needed[id] && !replaced[id]) replaced[id] = with_replaced_inputs(graph_[id], id, replaced);
        list<Ref> out;
        for (const Ref& x : made) out.push_back(x ? replaced[x.id] : Ref{});
        return out;
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

private:
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
    constexpr Ref input(int id, int k) const {
        const int x = graph_[id].inputs[k];
        return copies_[x] ? copies_[x] : Ref{&graph_, x};
    }
    constexpr Ref refuse(int id) {
        obstacle = graph_[id].op->name;
        return {&graph_, id};
    }

    constexpr Ref apply_to_copies(int id) {
        const auto n = *Ref{&graph_, id};
        bool any = false;
        for (int k = 0; k < n.op->arity; ++k) any = any || is_lifted(n.inputs[k]);
        const tensor_shape from = graph_[n.inputs[0]].shape;
        const int axis = axis_of(from);
        if (n.shape.rank == max_rank && any) return refuse(id);
        switch (n.op->kind) {
        case op_kind::elementwise: return any ? elementwise(n, id) : plain(n, id);
        case op_kind::reduction:
            if (any) return with_attributes(n, id, shifted_mask(n));
            return reduced_axes(n).has(axis) ? refuse(id) : plain(n, id);
        case op_kind::view:
            if (!any) return axis_of(n.shape) >= 0 ? plain(n, id) : refuse(id);
            if (is_op<view_op>(*n.op)) return view(n, id);
            return is_op<slice_op>(*n.op) ? box(n, id) : is_op<windows_op>(*n.op) ? windowed(n, id) : refuse(id);
        case op_kind::reshape:
            if (any) return with_attributes(n, id, lifted_shape(n));
            return axis == 0 && axis_of(n.shape) == 0 ? plain(n, id) : refuse(id);
        case op_kind::contraction:
            if (from[from.rank - 1] == examples_ || n.op->form != product_form::matrices) return refuse(id);
            return any ? contraction(n, id) : plain(n, id);
        case op_kind::general:
            if (is_op<concat_op>(*n.op)) return any ? concat(n, id) : n.numbers[0] == axis ? refuse(id) : plain(n, id);
            if (is_op<overlap_add_op>(*n.op)) return any ? windowed(n, id) : n.numbers[0] == axis ? refuse(id) : plain(n, id);
            if (is_op<pad_op>(*n.op)) return any ? box(n, id) : plain(n, id);
            if (is_op<convolution_op>(*n.op) || is_op<convolution_input_op>(*n.op)) return convolution(n, id, any);
            if (is_op<pick_largest_op>(*n.op) || is_op<place_largest_op>(*n.op))
                return any ? elementwise(n, id) : axis == 0 ? plain(n, id) : refuse(id);
            if (is_op<convolution_kernel_op>(*n.op) && is_lifted(n.inputs[0]) && is_lifted(n.inputs[1])) return with_sets(n, id);
            if (is_op<gather_op>(*n.op)) return any ? gather(n, id) : axis == 0 ? refuse(id) : plain(n, id);
            return refuse(id);
        default: return refuse(id);
        }
    }

    constexpr Ref plain(const node& n, int id) const { return with_attributes(n, id, n); }
    constexpr Ref with_attributes(const node& n, int id, const attributes& a) const {
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = input(id, k);
        return graph_.add(*n.op, a, in);
    }
    constexpr Ref with_replaced_inputs(const node n, int id, const list<Ref>& replaced) const {
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = replaced[graph_[id].inputs[k]];
        return n.op->arity == 0 ? Ref{&graph_, id} : graph_.add(*n.op, n, in);
    }

    constexpr attributes lifted_shape(attributes a) const {
        a.shape = in_front(a.shape);
        return a;
    }
    static constexpr attributes shifted_mask(attributes a) {
        a.numbers[0] <<= 1;
        return a;
    }

    constexpr Ref elementwise(const node& n, int id) const {
        const attributes a = lifted_shape(n);
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = is_lifted(n.inputs[k]) ? input(id, k) : repeated(input(id, k));
        return graph_.add(*n.op, a, in);
    }

    /// A part of each copy, or each copy among zeros.
    constexpr Ref box(const node& n, int id) const {
        attributes a = lifted_shape(n);
        for (int k = n.shape.rank; k > 0; --k) a.numbers[k] = n.numbers[k - 1];
        a.numbers[0] = 0;
        return with_attributes(n, id, a);
    }

    /// The windows of each copy, or what is added up of them.
    constexpr Ref windowed(const node& n, int id) const {
        attributes a = lifted_shape(n);
        ++a.numbers[0];
        return with_attributes(n, id, a);
    }

    constexpr Ref concat(const node& n, int id) const {
        attributes a = n;
        ++a.numbers[0];
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = is_lifted(n.inputs[k]) ? input(id, k) : repeated(input(id, k));
        return graph_.add(*n.op, a, in);
    }

    /// Rows of a table of which each example has one: of the table whose rows have an axis of examples, then that axis in front. With
    /// indices that are examples too, this would be of each example the rows of all.
    constexpr Ref gather(const node& n, int id) {
        const int places = graph_[n.inputs[1]].shape.rank;
        if (axis_of(graph_[n.inputs[1]].shape) >= 0 || !is_lifted(n.inputs[0])) return refuse(id);
        const Ref in[] = {turned(input(id, 0), 1, false), {&graph_, n.inputs[1]}};
        return turned(graph_.add(*n.op, n, in), places, true);
    }

    /// A view of copies: the axis of examples runs along theirs, or is one more.
    constexpr Ref view(const node& n, int id) const {
        const int axis = axis_of(n.shape);
        attributes a = axis < 0 ? lifted_shape(n) : attributes(n);
        for (int k = 0; k < n.shape.rank; ++k) a.numbers[axis < 0 ? k + 1 : k] = k == axis ? 0 : n.numbers[k] < 0 ? -1 : n.numbers[k] + 1;
        if (axis < 0) a.numbers[0] = 0;
        const Ref x = input(id, 0);
        return graph_.add(*n.op, a, &x);
    }

    /// A convolution for each example: of examples, which are the first axis of x and y, a set of one each, and of what has none a set
    /// of copies.
    constexpr Ref convolution(const node& n, int id, bool any) {
        const int kernel = is_op<convolution_op>(*n.op) ? 1 : 0, image = graph_[n.inputs[1 - kernel]].shape[0] == examples_ ? 0 : -1;
        if (axis_of(graph_[n.inputs[1 - kernel]].shape) != image || axis_of(graph_[n.inputs[kernel]].shape) >= 0) return refuse(id);
        if (!any) return image == 0 ? plain(n, id) : refuse(id);
        const Ref made = with_sets(n, id);
        if (image < 0) return made;
        attributes back;
        back.shape = n.shape;
        for (int k = 0; k < n.shape.rank; ++k) back.numbers[k] = k == 0 ? 0 : k + 1;
        return apply<view_op>(back, made);
    }
    constexpr Ref with_sets(const node& n, int id) {
        Ref in[max_arity];
        int rank = 0;
        for (int k = 0; k < n.op->arity; ++k) {
            in[k] = with_examples_in_front(n, id, k);
            rank = in[k].shape().rank;
        }
        int window_axes = 0;
        while (window_axes < 3 && (n.numbers[2 * window_axes + 1] & 0xfff) != 0) ++window_axes;
        if (rank != window_axes + 3) return refuse(id); // these are sets already
        attributes a = lifted_shape(n);
        if (axis_of(n.shape) == 0) a.shape[1] = dimension(1);
        return graph_.add(*n.op, a, in);
    }

    /// A product for each example: rows or columns that are examples become an axis in front.
    constexpr Ref contraction(const node& n, int id) const {
        const Ref in[] = {with_examples_in_front(n, id, 0), with_examples_in_front(n, id, 1)};
        attributes shields;
        shields.numbers[0] = n.numbers[0];
        const Ref product = graph_.add(*n.op, shields, in);
        const int axis = axis_of(n.shape);
        if (axis < 0) return product;
        attributes back;
        back.shape = n.shape;
        for (int k = 0; k < n.shape.rank; ++k) back.numbers[k] = k == axis ? 0 : k + 1;
        return apply<view_op>(back, product);
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
};

} // namespace ctgrad::detail
