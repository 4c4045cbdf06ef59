// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/push_forward.hpp>

#include <string_view>

namespace ctgrad::detail {

/// A diagonal of the Jacobian of a vector y by a vector x: element i is the derivative of y[i] by x[i + offset].
template <class Ref>
struct diagonal {
    std::int64_t offset = 0;
    tangent<Ref> elements{}; ///< As many as y has; 0 where x has no such element.
};

/// The Jacobian of a vector that is made of a leaf by elementwise ops, slices, zeros around them and joins: each of its elements depends on
/// neighbours of the leaf's, at a few distances. Forward mode, one tangent for each distance, whatever the extents.
template <class Ref>
class diagonal_passes {
public:
    /// The op behind which an element depends on more than that; none if all is well.
    std::string_view obstacle{};

    constexpr diagonal_passes(Ref y, Ref x) : b_(*y.graph), of_(y.id + 1), at_offset_(y.id + 1) {
        if (x.id > y.id) return;
        list<bool> needed(y.id + 1);
        needed[y.id] = true;
        for (int id = y.id; id >= 0; --id)
            for (int k = 0; needed[id] && k < b_[id].op->arity; ++k)
                if (passes_gradient(b_[id], k)) needed[b_[id].inputs[k]] = true;
        of_[x.id].push_back({0, {constant(b_, 1, x->type, x.shape())}});
        for (int id = 0; id <= y.id && obstacle.empty(); ++id)
            if (needed[id] && depends(id)) push(id);
        if (!obstacle.empty()) return;
        for (std::int64_t k = 1 - x.shape()[0].extent; const diagonal<Ref>* next = first_from(of_[y.id], k); k = next->offset + 1)
            if (const Ref inside = inside_of(*next, y.shape()[0].extent, x.shape()[0].extent)) found.push_back({next->offset, {inside}});
    }

    /// The diagonals by their offsets, each cut to the elements that x has.
    list<diagonal<Ref>> found;

private:
    builder& b_;
    list<list<diagonal<Ref>>> of_;
    list<tangent<Ref>> at_offset_; ///< Of the inputs of the node that is pushed through, for one offset.

    constexpr bool depends(int id) const {
        for (int k = 0; k < b_[id].op->arity; ++k)
            if (passes_gradient(b_[id], k) && !of_[b_[id].inputs[k]].empty()) return true;
        return false;
    }

    /// The diagonal of the least offset that is at least `least`.
    static constexpr const diagonal<Ref>* first_from(const list<diagonal<Ref>>& among, std::int64_t least) {
        const diagonal<Ref>* best = nullptr;
        for (const diagonal<Ref>& each : among)
            if (each.offset >= least && (best == nullptr || each.offset < best->offset)) best = &each;
        return best;
    }

    static constexpr Ref inside_of(const diagonal<Ref>& whole, std::int64_t rows, std::int64_t columns) {
        const std::int64_t first = whole.offset < 0 ? -whole.offset : 0;
        const std::int64_t end = columns - whole.offset < rows ? columns - whole.offset : rows;
        if (end <= first) return {};
        attributes box;
        box.shape.append(end - first);
        box.numbers[0] = static_cast<std::int32_t>(first);
        return apply<slice_op>(box, whole.elements.value);
    }

    static constexpr bool is_one_element(const tensor_shape& s) { return s.is_static() && s.static_size() == 1; }

    constexpr void push(int id) {
        const auto n = *Ref{&b_, id}; // the builder may move its nodes
        const tensor_shape from = b_[n.inputs[0]].shape;
        const bool stays = n.shape == from || (is_one_element(n.shape) && is_one_element(from));
        if (n.shape.rank > 1 || !n.shape.is_static()) return refuse(n);
        if (n.op->joins) return push_join(n, id);
        if (is_op<slice_op>(*n.op)) return push_at(n, id, n.numbers[0], false);
        if (is_op<pad_op>(*n.op)) return push_at(n, id, -n.numbers[0], true);
        if (n.op->kind == op_kind::elementwise) return push_at(n, id, 0, n.op->selects);
        if (stays && (n.op->kind == op_kind::view || n.op->kind == op_kind::reshape || n.op->shows_first || n.op->is_sum))
            return push_at(n, id, 0, false);
        refuse(n);
    }
    constexpr void refuse(const node& n) { obstacle = n.op->name; }

    /// Through an op whose element i is made of the elements i + `shift` of its inputs.
    /// @param adds_zeros whether zeros come in by the op's form: these are meant.
    constexpr void push_at(const node& n, int id, std::int64_t shift, bool adds_zeros) {
        for (int k = 0; k < n.op->arity; ++k) {
            if (!passes_gradient(n, k)) continue;
            const list<diagonal<Ref>> of_input = of_[n.inputs[k]];
            for (const diagonal<Ref>& each : of_input) {
                if (has(id, each.offset + shift)) continue;
                for (int j = 0; j < n.op->arity; ++j) at_offset_[n.inputs[j]] = at(n.inputs[j], each.offset);
                push_one(n, id, each.offset + shift, adds_zeros);
            }
        }
    }
    constexpr void push_join(const node& n, int id) {
        const auto place = [&](int k) {
            access a;
            n.op->place_input(n, k, b_[n.inputs[k]].shape, a);
            return a.begin[0];
        };
        for (int k = 0; k < n.op->arity; ++k) {
            const list<diagonal<Ref>> of_input = of_[n.inputs[k]];
            for (const diagonal<Ref>& each : of_input) {
                const std::int64_t offset = each.offset - place(k);
                if (has(id, offset) || (n.op->arity == 2 && n.inputs[0] == n.inputs[1])) continue;
                for (int j = 0; j < n.op->arity; ++j) at_offset_[n.inputs[j]] = at(n.inputs[j], offset + place(j));
                push_one(n, id, offset, true);
            }
        }
        if (n.op->arity == 2 && n.inputs[0] == n.inputs[1]) refuse(n); // one node with two distances
    }
    constexpr void push_one(const node& n, int id, std::int64_t offset, bool adds_zeros) {
        tangent<Ref> made = pushed(Ref{&b_, id}, at_offset_);
        for (int j = 0; j < n.op->arity; ++j) at_offset_[n.inputs[j]] = {};
        if (!made.value) return;
        made.shielded = made.shielded || adds_zeros;
        of_[id].push_back({offset, made});
    }

    constexpr bool has(int id, std::int64_t offset) const { return static_cast<bool>(at(id, offset).value); }
    constexpr tangent<Ref> at(int id, std::int64_t offset) const {
        for (const diagonal<Ref>& each : of_[id])
            if (each.offset == offset) return each.elements;
        return {};
    }
};

} // namespace ctgrad::detail
