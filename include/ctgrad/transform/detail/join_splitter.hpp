// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/transform/simplify.hpp>

namespace ctgrad::detail {

/// Elements [begin, begin + size) along an axis of the node with that hash, which have been asked for.
struct cut {
    std::uint64_t node = 0;
    int axis = 0;
    std::int64_t begin = 0, size = 0;
};

/// Copies a graph, node by node, and splits what is joined. (A template, so that ops are compiled where a program joins.)
template <class Program>
class join_splitter {
    using add = deferred_t<add_op, Program>;
    using join = deferred_t<concat_op, Program>;
    using slice = deferred_t<slice_op, Program>;
    using view = deferred_t<view_op, Program>;

public:
    /// `wanted`: a sum of what has been cut is cut there too, so that it can share a loop with the part.
    constexpr join_splitter(builder& to, graph_view from, const list<cut>& wanted) : b_(to), from_(from), wanted_(wanted) {}

    list<cut> cuts; ///< The elementwise nodes that are computed in parts.

    constexpr list<ref> run() {
        list<ref> made(from_.size);
        for (int id = 0; id < from_.size; ++id) {
            const node& n = from_[id];
            ref in[max_arity];
            for (int k = 0; k < n.op->arity; ++k) in[k] = made[n.inputs[k]];
            if (is_op<pad_op>(*n.op))
                made[id] = among_zeros(n, in[0]);
            else if (n.op->kind == op_kind::elementwise)
                made[id] = elementwise(n, in);
            else
                made[id] = is_total_sum(n) ? sum(n, in[0]) : b_.add(*n.op, n, in);
        }
        list<ref> roots;
        for (int r = 0; r < from_.root_count; ++r) roots.push_back(from_.roots[r] < 0 ? ref{} : made[from_.roots[r]]);
        return roots;
    }

private:
    static constexpr int most_parts = 16;          ///< Of what is computed part by part: each is a loop,
    static constexpr int most_numbers = 32;        ///< or, along the only axis, perhaps a number.
    static constexpr int repeated_operations = 24; ///< Arithmetic that is done again for each part that needs it.

    /// The axis along which the inputs of `n` lie side by side.
    static constexpr int axis_of(ref n) {
        for (int i = 0; i < n->op->arity; ++i)
            for (int k = 0; k < n->shape.rank; ++k)
                if (!(n.input(i).shape()[k] == n->shape[k])) return k;
        return -1; // of nothing and nothing
    }
    static constexpr bool joins_along(ref n, int axis) { return n->op->joins && axis_of(n) == axis; }

    static constexpr int count_parts(ref n) {
        if (!n->op->joins) return 1;
        int count = 0;
        for (int k = 0; k < n->op->arity; ++k) count += count_parts(n.input(k));
        return count;
    }

    /// Whether `x` is one number everywhere.
    static constexpr bool is_number_everywhere(ref x) {
        while (x->op->kind == op_kind::view) x = x.input(0);
        return x->op->kind == op_kind::constant || x->shape.rank == 0;
    }

    /// Zeros, `x`, zeros side by side, axis by axis; outermost along the first.
    static constexpr ref among_zeros(const node& padded, ref x) {
        for (int k = padded.shape.rank - 1; k >= 0; --k) {
            if (padded.shape[k] == x.shape()[k]) continue;
            attributes along;
            along.numbers[0] = k;
            const auto zeros = [&](std::int64_t count) {
                tensor_shape shape = x.shape();
                shape[k] = count;
                return constant(*x.graph, 0, x->type, shape);
            };
            const std::int64_t before = padded.numbers[k], behind = padded.shape[k].extent - before - x.shape()[k].extent;
            if (before > 0) x = apply<join>(along, zeros(before), x);
            if (behind > 0) x = apply<join>(along, x, zeros(behind));
        }
        return x;
    }

    constexpr ref elementwise(const node& n, const ref* in) {
        int joined = 0, parts = 0, first = -1;
        bool all = true;
        for (int k = n.op->arity - 1; k >= 0; --k) {
            if (in[k]->op->joins && axis_of(in[k]) >= 0) {
                first = k;
                ++joined;
                parts += count_parts(in[k]);
            } else
                all = all && is_number_everywhere(in[k]);
        }
        const bool pays = joined > 1 || (joined == 1 && all);
        return pays && parts <= (n.shape.rank == 1 ? most_numbers : most_parts) ? by_parts(n, in, in[first]) : b_.add(*n.op, n, in);
    }

    /// Op `n` applied to `in`, part by part along the axis of `joined`, one of them.
    constexpr ref by_parts(const node& n, const ref* in, const ref joined) {
        const int axis = axis_of(joined);
        list<std::int64_t> ends;
        for (int k = 0; k < n.op->arity; ++k) collect_ends(in[k], axis, 0, ends);
        ref all{};
        for (std::int64_t begin = 0; begin < n.shape[axis].extent;) {
            std::int64_t end = n.shape[axis].extent;
            for (const std::int64_t each : ends)
                if (each > begin && each < end) end = each;
            ref part[max_arity];
            for (int k = 0; k < n.op->arity; ++k) part[k] = part_of(in[k], axis, begin, end - begin);
            all = appended(all, elementwise(with_shape_of(n, part[0]), part), joined);
            begin = end;
        }
        return all;
    }
    /// Op and attributes of `n` for inputs of another shape.
    static constexpr node with_shape_of(node n, ref input) {
        n.shape = input.shape();
        return n;
    }

    static constexpr void collect_ends(ref x, int axis, std::int64_t begin, list<std::int64_t>& ends) {
        if (!joins_along(x, axis)) {
            ends.push_back(begin);
            ends.push_back(begin + x->shape[axis].extent);
            return;
        }
        for (int k = 0; k < x->op->arity; ++k) {
            access a;
            x->op->place_input(*x, k, x.input(k).shape(), a);
            collect_ends(x.input(k), axis, begin + a.begin[axis], ends);
        }
    }

    /// `more` behind `all`, joined as the inputs of `like` are.
    constexpr ref appended(ref all, ref more, ref like) {
        if (!all) return more;
        const int axis = axis_of(like);
        if (all->op->kind == op_kind::constant && more->op->kind == op_kind::constant && all->bits == more->bits) {
            tensor_shape both = all.shape();
            both[axis] = both[axis].extent + more.shape()[axis].extent;
            return constant(b_, constant_value(*all), all->type, both);
        }
        const ref in[] = {all, more};
        const attributes asked = *like;
        return b_.add(*like->op, asked, in);
    }

    /// Elements [begin, begin + size) along `axis` of `x`: computed for themselves where that is cheap.
    constexpr ref part_of(ref x, int axis, std::int64_t begin, std::int64_t size) {
        if (x.shape()[axis] == dimension(size) && !joins_along(x, axis)) return x; // one that joins may have an empty part
        for (const known_part& each : parts_)
            if (each.whole == x.id && each.axis == axis && each.begin == begin && each.size == size) return {&b_, each.part};
        const ref part = new_part(x, axis, begin, size);
        parts_.push_back({x.id, axis, begin, size, part.id});
        return part;
    }
    constexpr ref new_part(ref x, int axis, std::int64_t begin, std::int64_t size) {
        const node n = *x; // the builder may move its nodes
        if (n.op->joins) return part_of_join(x, axis, begin, size);
        if (n.op->kind == op_kind::elementwise && is_cheap(x)) {
            cuts.push_back({n.hash, axis, begin, size});
            ref in[max_arity];
            for (int k = 0; k < n.op->arity; ++k) in[k] = part_of(x.input(k), axis, begin, size);
            return elementwise(with_shape_of(n, in[0]), in);
        }
        if (is_op<view_op>(*n.op)) {
            attributes a = n;
            a.shape[axis] = size;
            return apply<view>(a, n.numbers[axis] < 0 ? x.input(0) : part_of(x.input(0), n.numbers[axis], begin, size));
        }
        attributes box;
        box.shape = n.shape;
        box.shape[axis] = size;
        box.numbers[axis] = static_cast<std::int32_t>(begin);
        return apply<slice>(box, x);
    }
    constexpr ref part_of_join(ref x, int axis, std::int64_t begin, std::int64_t size) {
        const bool along = axis_of(x) == axis;
        ref all{};
        for (int k = 0; k < x->op->arity; ++k) {
            const ref each = x.input(k);
            if (!along) {
                all = appended(all, part_of(each, axis, begin, size), x);
                continue;
            }
            access a;
            x->op->place_input(*x, k, each.shape(), a);
            const std::int64_t first = begin > a.begin[axis] ? begin - a.begin[axis] : 0;
            const std::int64_t end = begin + size - a.begin[axis];
            const std::int64_t last = end < each.shape()[axis].extent ? end : each.shape()[axis].extent;
            if (first < last) all = appended(all, part_of(each, axis, first, last - first), x);
        }
        return all;
    }

    /// Whether `x` is little arithmetic on what is there anyway.
    static constexpr bool is_cheap(ref x) {
        list<int> open, seen;
        open.push_back(x.id);
        while (!open.empty()) {
            const ref next{x.graph, open.back()};
            open.pop_back();
            if (next->op->kind != op_kind::elementwise || seen.contains(next.id)) continue;
            if (!next->op->is_arithmetic || seen.size() == repeated_operations) return false;
            seen.push_back(next.id);
            for (int k = 0; k < next->op->arity; ++k) open.push_back(next->inputs[k]);
        }
        return true;
    }

    constexpr bool is_total_sum(const node& n) const {
        if (!n.op->is_sum) return false;
        const int rank = from_[n.inputs[0]].shape.rank;
        return rank > 0 && n.numbers[0] == (1 << rank) - 1;
    }

    /// The sum of all of `x`, part by part.
    constexpr ref sum(const node& n, ref x) {
        if (x->op->joins) return apply<add>({}, sum(n, x.input(0)), sum(n, x.input(1)));
        if (const cut* const at = largest_cut(x)) {
            const std::int64_t end = at->begin + at->size, extent = x.shape()[at->axis].extent;
            ref all = sum(n, part_of(x, at->axis, at->begin, at->size));
            if (at->begin > 0) all = apply<add>({}, all, sum(n, part_of(x, at->axis, 0, at->begin)));
            if (end < extent) all = apply<add>({}, all, sum(n, part_of(x, at->axis, end, extent - end)));
            return all;
        }
        return b_.add(*n.op, n, &x);
    }

    /// The largest part, of half the elements at least, of anything that `x` is computed from on the spot.
    constexpr const cut* largest_cut(ref x) const {
        const cut* best = nullptr;
        if (wanted_.empty() || x->op->kind != op_kind::elementwise || !is_cheap(x)) return best;
        list<int> open, seen;
        open.push_back(x.id);
        while (!open.empty()) {
            const ref next{x.graph, open.back()};
            open.pop_back();
            if (next->op->kind != op_kind::elementwise || seen.contains(next.id)) continue;
            seen.push_back(next.id);
            for (const cut& each : wanted_)
                if (each.node == next->hash && each.axis < next->shape.rank && 2 * each.size >= next.shape()[each.axis].extent &&
                    (best == nullptr || each.size > best->size))
                    best = &each;
            for (int k = 0; k < next->op->arity; ++k) open.push_back(next->inputs[k]);
        }
        return best;
    }

    builder& b_;
    graph_view from_;
    const list<cut>& wanted_;
    struct known_part {
        int whole, axis;
        std::int64_t begin, size;
        int part;
    };
    list<known_part> parts_;
};

} // namespace ctgrad::detail
