// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/diagonals.hpp>
#include <ctgrad/transform/gradient.hpp>
#include <ctgrad/transform/jacobian.hpp>

/// @file The Jacobian of a long vector by a long leaf, diagonal by diagonal, as one vector.

namespace ctgrad::detail {

/// Whether a Jacobian is found by its diagonals: of vectors that are too long for a table of its elements.
constexpr bool has_long_sides(const tensor_shape& y, const tensor_shape& x) {
    constexpr std::int64_t longest_table = 4096;
    return y.rank == 1 && x.rank == 1 && y.is_static() && x.is_static() && y.static_size() * x.static_size() > longest_table;
}

/// Computes some elements of vectors of those elements of leaves that they need: a slice of a formula is the formula of slices.
template <class Ref>
class parts_of_formulas {
public:
    constexpr explicit parts_of_formulas(builder& b) : b_(b) {}

    /// The elements [begin, begin + count) of node `id`.
    constexpr Ref part(int id, std::int64_t begin, std::int64_t count) {
        for (const known& each : known_)
            if (each.id == id && each.begin == begin && each.count == count) return each.made;
        const Ref made = make_part(id, begin, count);
        known_.push_back({id, begin, count, made});
        return made;
    }

private:
    struct known {
        int id = 0;
        std::int64_t begin = 0, count = 0;
        Ref made{};
    };
    builder& b_;
    list<known> known_;

    constexpr Ref make_part(int id, std::int64_t begin, std::int64_t count) {
        const node n = b_[id]; // the builder may move its nodes
        attributes a = n;
        a.shape = shape(count);
        if (n.shape == a.shape) return {&b_, id};
        if (n.op->kind == op_kind::constant) return constant(b_, constant_value(n), n.type, a.shape);
        if (n.op->kind == op_kind::elementwise) {
            ref in[max_arity];
            for (int k = 0; k < n.op->arity; ++k) in[k] = part(n.inputs[k], begin, count);
            return b_.add(*n.op, a, in);
        }
        const std::int64_t inside = n.op->arity > 0 && b_[n.inputs[0]].shape.rank == 1 ? b_[n.inputs[0]].shape[0].extent : 0;
        if (is_op<slice_op>(*n.op)) return part(n.inputs[0], begin + n.numbers[0], count);
        if (is_op<pad_op>(*n.op)) {
            const std::int64_t first = begin - n.numbers[0];
            if (first >= 0 && first + count <= inside) return part(n.inputs[0], first, count);
            if (first + count <= 0 || first >= inside) return constant(b_, 0, n.type, a.shape);
        }
        if (is_op<concat_op>(*n.op)) {
            if (begin + count <= inside) return part(n.inputs[0], begin, count);
            if (begin >= inside) return part(n.inputs[1], begin - inside, count);
        }
        attributes box;
        box.shape = a.shape;
        box.numbers[0] = static_cast<std::int32_t>(begin);
        return apply<slice_op>(box, Ref{&b_, id});
    }
};

/// Where diagonals of a matrix are cut, so that all have the same inner rows, which one loop computes: at row `at` and as far from the end.
struct diagonal_cuts {
    std::int64_t at = 0, end = 0;

    template <class Diagonal>
    constexpr diagonal_cuts(const list<Diagonal>& all, std::int64_t rows, std::int64_t columns) {
        for (const Diagonal& each : all) {
            const std::int64_t distance = each.offset < 0 ? -each.offset : each.offset;
            if (distance <= farthest && distance > at) at = distance;
        }
        end = (rows < columns ? rows : columns) - at;
    }
    /// `each` in parts that lie side by side.
    template <class Ref>
    constexpr list<Ref> cut(const diagonal<Ref>& each) const {
        const Ref whole = each.elements.value;
        const std::int64_t first = each.offset < 0 ? -each.offset : 0, last = first + whole.shape()[0].extent;
        const std::int64_t inner = at > first ? at : first, outer = end < last ? end : last;
        list<Ref> parts;
        if (each.offset > farthest || each.offset < -farthest || inner >= outer || (inner == first && outer == last)) {
            parts.push_back(whole);
            return parts;
        }
        parts_of_formulas<Ref> formulas(*whole.graph);
        const std::int64_t border[] = {first, inner, outer, last};
        for (int i = 0; i < 3; ++i)
            if (border[i] < border[i + 1]) parts.push_back(formulas.part(whole.id, border[i] - first, border[i + 1] - border[i]));
        return parts;
    }

private:
    static constexpr std::int64_t farthest = 8;
};

/// The elements of the diagonals of `Y` by `V`, and behind them the offset of each, a number; `Y` itself if an op stands in the way.
/// @tparam Symmetric whether it is a Hessian: the diagonals below are those above.
template <class Y, class V, bool Symmetric>
struct make_diagonals {
    static constexpr int expected_size = 32 + 6 * count_nodes(Y::root());

    builder made{simplify<deferred_t<void, Y>>};
    list<ref> roots;
    std::string_view obstacle{};

    constexpr make_diagonals() {
        using join = deferred_t<concat_op, Y>;
        const auto y = made.import(Y::root()), x = made.import(V::root());
        const diagonal_passes passes(y, x);
        obstacle = passes.obstacle;
        if (!obstacle.empty()) {
            roots.push_back(y);
            roots.push_back(y);
            return;
        }
        const diagonal_cuts cuts(passes.found, y.shape()[0].extent, x.shape()[0].extent);
        list<std::int64_t> offsets;
        ref elements{};
        const auto take = [&](const auto& parts, std::int64_t offset) {
            for (const ref& part : parts) elements = elements ? apply<join>(attributes{}, elements, part) : part;
            offsets.push_back(offset);
        };
        for (int i = passes.found.size() - 1; Symmetric && i >= 0; --i)
            if (passes.found[i].offset > 0) take(cuts.cut(passes.found[i]), -passes.found[i].offset);
        for (const auto& each : passes.found)
            if (!Symmetric || each.offset >= 0) take(cuts.cut(each), each.offset);
        roots.push_back(elements ? elements : constant(made, 0, Y::type(), ctgrad::shape(0)));
        for (const std::int64_t each : offsets) roots.push_back(constant(made, static_cast<double>(each), dtype::float64));
    }
};
template <class Y, class V, bool Symmetric>
struct diagonals_draft {
    static constexpr int expected_size = make_diagonals<Y, V, Symmetric>::expected_size;
    constexpr draft_graph operator()() const {
        const make_diagonals<Y, V, Symmetric> all;
        return extract(all.made, all.roots);
    }
};
template <class Y, class V, bool Symmetric>
using diagonals_of = lifted<diagonals_draft<Y, V, Symmetric>>;

/// Whether no op stands in the way: else there are no offsets.
constexpr bool are_found(graph_view g) { return g.root_count == 1 || g.root(1).op->kind == op_kind::constant; }

/// What is wrong with the diagonals of `Y` by `V`.
template <class Y, class V, bool Symmetric>
constexpr finding check_diagonals(std::string_view function) {
    if constexpr (is_poison<Y> || is_poison<V>)
        return fault::reported;
    else if constexpr (constexpr finding leaves = check_wrt<Y, V>("sparse_jacobian"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding smooth = check_differentiable<Y, V>("sparse_jacobian"); !smooth.is_fine())
        return smooth;
    else if constexpr (!are_found(diagonals_of<Y, V, Symmetric>::graph))
        return {fault::neighbours_must_be_few, function, phrase_of(Y::shape()), make_diagonals<Y, V, Symmetric>{}.obstacle};
    else
        return {};
}
} // namespace ctgrad::detail
