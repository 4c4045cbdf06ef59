// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/detail/attached_op.hpp>
#include <ctgrad/transform/detail/scan_lift.hpp>
#include <ctgrad/transform/detail/window_lift.hpp>
#include <ctgrad/transform/push_forward.hpp>

namespace ctgrad::detail {

/// Gives each example its own copy of some leaves: a node that depends on them, but has no axis of examples, gets one in
/// front, and a node that has one stays as it is. So the gradient of the sum of all losses to a leaf's
/// copies is that of each loss to the leaf, if no op joins examples.
template <class Ref>
class lift : public lifted_nodes<Ref> {
    using base = lifted_nodes<Ref>;
    using base::add, base::axis_of, base::copies_, base::elementwise, base::graph_, base::input, base::is_lifted, base::lifted_,
        base::lifted_shape, base::refuse, base::repeated, base::unchanged, base::with_attributes, base::with_copies,
        base::with_examples_in_front;

public:
    using base::obstacle, base::turned;

    constexpr lift(Ref loss, const list<Ref>& leaves) : base(loss) {
        list<bool> varies = on_the_way(graph_, loss.id, leaves);
        if (has_scans(graph_, loss.id + 1)) obstacle = scan_lift<Ref>::spread_over_steps(graph_, varies);
        for (const Ref& leaf : leaves)
            if (leaf.id <= loss.id) add(leaf.id, with_copies(leaf));
        for (int id = 0; id <= loss.id && obstacle.empty(); ++id) {
            const op_info& op = *graph_[id].op;
            if (varies[id] && op.is_bound) add(id, with_copies({&graph_, id}));
            if (varies[id] && op.arity > 0 && op.kind != op_kind::pack) add(id, apply_to_copies(id));
        }
    }

    constexpr Ref copy(Ref original) const { return copies_[original.id]; }

    /// `x`, made of copies, with all that has an original replaced by it.
    constexpr list<Ref> with_originals(const list<Ref>& made) const {
        list<Ref> replaced(graph_.size());
        const scopes scope(graph_, lifted_.size());
        for (int id = 0; id < lifted_.size(); ++id) // steps stay what they are made of; their results are those of the original
            if (copies_[id] && scope.is_outside(id) && graph_[id].op->kind != op_kind::scan)
                replaced[copies_[id].id] = lifted_[id] ? repeated({&graph_, id}) : Ref{&graph_, id};
        for (int id = lifted_.size(); id < replaced.size(); ++id)
            if (graph_[id].op->kind == op_kind::element)
                if (const Ref original = scan_lift<Ref>::original_result(*this, {&graph_, id})) replaced[id] = original;
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

private:
    constexpr Ref apply_to_copies(int id) {
        const auto n = *Ref{&graph_, id};
        bool any = false;
        for (int k = 0; k < n.op->arity; ++k) any = any || is_lifted(n.inputs[k]);
        const tensor_shape from = graph_[n.inputs[0]].shape;
        const int axis = axis_of(from);
        if (n.shape.rank == max_rank && any) return refuse(id);
        switch (n.op->kind) {
        case op_kind::elementwise: return any ? elementwise(n, id) : unchanged(n, id);
        case op_kind::reduction:
            if (any) return with_attributes(n, id, shifted_mask(n));
            return reduced_axes(n).has(axis) ? refuse(id) : unchanged(n, id);
        case op_kind::view:
            if (n.op->arity == 2) return unchanged(n, id);
            if (!any) return axis_of(n.shape) >= 0 ? unchanged(n, id) : refuse(id);
            if (is_op<view_op>(*n.op)) return view(n, id);
            return is_op<slice_op>(*n.op) ? box(n, id) : is_op<windows_op>(*n.op) ? window_lift<Ref>{*this, n, id}.windows() : refuse(id);
        case op_kind::reshape:
            if (any) return with_attributes(n, id, lifted_shape(n));
            return axis == 0 && axis_of(n.shape) == 0 ? unchanged(n, id) : refuse(id);
        case op_kind::contraction:
            if (from[from.rank - 1] == base::examples_ || n.op->form != product_form::matrices) return refuse(id);
            return any ? contraction(n, id) : unchanged(n, id);
        case op_kind::scan: {
            const Ref made = scan_lift<Ref>(*this, id).scan();
            return made ? made : refuse(id);
        }
        case op_kind::element: return scan_lift<Ref>(*this, n.inputs[0]).result(n.numbers[0]);
        case op_kind::general:
            if (n.op->begins_again) return input(id, 0);
            if (n.op->shows_first) return with_own_rule(id);
            if (is_op<concat_op>(*n.op)) return any ? concat(n, id) : n.numbers[0] == axis ? refuse(id) : unchanged(n, id);
            if (is_op<overlap_add_op>(*n.op))
                return any ? window_lift<Ref>{*this, n, id}.windows() : n.numbers[0] == axis ? refuse(id) : unchanged(n, id);
            if (is_op<pad_op>(*n.op)) return any ? box(n, id) : unchanged(n, id);
            if (is_op<gather_op>(*n.op)) return any ? gather(n, id) : axis == 0 ? refuse(id) : unchanged(n, id);
            if (n.op->item_axes >= 0) return any ? items(n, id) : axis < from.rank - n.op->item_axes ? unchanged(n, id) : refuse(id);
            if (is_op<convolution_op>(*n.op) || is_op<convolution_input_op>(*n.op)) return window_lift<Ref>{*this, n, id}.convolution(any);
            if (is_op<pick_largest_op>(*n.op) || is_op<place_largest_op>(*n.op))
                return any ? elementwise(n, id) : axis == 0 ? unchanged(n, id) : refuse(id);
            if (is_op<convolution_kernel_op>(*n.op) && is_lifted(n.inputs[0]) && is_lifted(n.inputs[1]))
                return window_lift<Ref>{*this, n, id}.with_sets();
            return refuse(id);
        default: return refuse(id);
        }
    }

    constexpr Ref with_replaced_inputs(const node n, int id, const list<Ref>& replaced) const {
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = replaced[graph_[id].inputs[k]];
        return n.op->arity == 0 ? Ref{&graph_, id} : graph_.add(*n.op, n, in);
    }

    static constexpr attributes shifted_mask(attributes a) {
        a.numbers[0] <<= 1;
        return a;
    }

    /// A part of each copy, or each copy among zeros.
    constexpr Ref box(const node& n, int id) const {
        attributes a = lifted_shape(n);
        for (int k = n.shape.rank; k > 0; --k) a.numbers[k] = n.numbers[k - 1];
        a.numbers[0] = 0;
        return with_attributes(n, id, a);
    }

    constexpr Ref concat(const node& n, int id) const {
        attributes a = n;
        ++a.numbers[0];
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = is_lifted(n.inputs[k]) ? input(id, k) : repeated(input(id, k));
        return graph_.add(*n.op, a, in);
    }

    /// Items of each copy.
    constexpr Ref items(const node& n, int id) {
        const attributes a = lifted_shape(n);
        Ref in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) {
            const bool has_examples = axis_of(graph_[n.inputs[k]].shape) >= 0;
            if (!is_lifted(n.inputs[k]) && has_examples) return refuse(id);
            in[k] = is_lifted(n.inputs[k]) ? input(id, k) : repeated(input(id, k));
        }
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

    /// The copy of a value with a rule of its own. The rule is a linear map of what reaches the value; its transposed map, of copies, has
    /// the rule for them as its derivative.
    constexpr Ref with_own_rule(int id) {
        const Ref n{&graph_, id};
        Ref in[max_arity];
        int count = 0;
        in[count++] = input(id, 0);
        for (int k = 1; k < graph_[id].op->arity && obstacle.empty(); ++k) {
            const int x = graph_[id].inputs[k];
            if (!copies_[x]) continue;
            attributes a = graph_[x];
            a.name = &symbol_of<"direction">;
            a.bits = static_cast<std::uint64_t>(graph_.size()); // no two of them are one
            const Ref along = graph_.add(info<deferred_t<cotangent_op, Ref>>, a, nullptr);
            const Ref linear = transposed_rule(n, k, tangent<Ref>{along});
            if (!linear) continue;
            const list<Ref> all = copies_;
            const list<bool> all_lifted = lifted_;
            copies_ = list<Ref>(graph_.size()); // all but the direction is as it was: constant
            lifted_ = list<bool>(graph_.size());
            copies_[along.id] = all[x];
            lifted_[along.id] = all_lifted[x];
            for (int each = along.id + 1; each <= linear.id && obstacle.empty(); ++each)
                if (depends_on_copy(each)) add(each, apply_to_copies(each));
            if (copies_[linear.id]) in[count++] = copies_[linear.id];
            copies_ = all;
            lifted_ = all_lifted;
        }
        if (count == 1) return in[0];
        return graph_.add(count == 2 ? info<deferred_t<attached_op<1>, Ref>> : info<deferred_t<attached_op<2>, Ref>>, attributes{}, in);
    }
    constexpr bool depends_on_copy(int id) const {
        for (int k = 0; k < graph_[id].op->arity; ++k)
            if (passes_gradient(graph_[id], k) && copies_[graph_[id].inputs[k]]) return true;
        return false;
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
};

} // namespace ctgrad::detail
