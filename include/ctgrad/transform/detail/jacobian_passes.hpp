// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/transform/detail/basis.hpp>
#include <ctgrad/transform/detail/lift.hpp>
#include <ctgrad/transform/detail/stacked.hpp>
#include <ctgrad/transform/push_forward.hpp>

#include <bit>

/// @file Jacobians in a builder: by unit vectors one by one, by all of them as one more axis, or by the examples of a batch.

namespace ctgrad::detail {

/// The way to the Jacobian of a result to a leaf.
enum class jacobian_way : std::uint8_t {
    gradient,            ///< The result is one number: one pass back.
    columns,             ///< A pass forward for each element of the leaf, or, if that is much, `all_columns`.
    rows,                ///< A pass back for each element of the result, or, if that is much, `all_rows`.
    examples_or_columns, ///< One pass back in which each element of the result has a copy of the leaf of its own; or else `columns`,
    examples_or_rows,    ///< or `all_rows`.
    all_columns,         ///< One pass forward with all unit vectors as one more axis.
    all_rows,            ///< One pass back with all unit vectors as one more axis.
    none
};

/// Which passes were asked for.
enum class passes : std::uint8_t { cheaper, forward, reverse };

/// How many unit vectors may be taken one by one, how many nodes may get tangents then, and how many may be looked at: more would be a
/// long program, and more than Clang evaluates at compile time.
inline constexpr std::int64_t most_unit_vectors = 64;
inline constexpr std::int64_t most_tangents = 300;
inline constexpr std::int64_t most_visits = 5000;
constexpr bool are_few(std::int64_t vectors) { return vectors <= most_unit_vectors; }

/// On which elements of `x` the nodes up to `last` depend, as bits; all of more than 64.
constexpr list<std::uint64_t> elements_behind(ref x, int last) {
    const builder& b = *x.graph;
    const std::int64_t elements = x.shape().static_size();
    list<std::uint64_t> depends(last + 1);
    depends[x.id] = elements >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << elements) - 1;
    for (int id = x.id + 1; id <= last; ++id) {
        const node& n = b[id];
        for (int k = 0; k < n.op->arity; ++k) depends[id] |= depends[n.inputs[k]];
        if (n.inputs[0] == x.id && is_op<slice_op>(*n.op) && n.shape.rank == 1 && elements <= 64 && n.shape[0].extent < 64)
            depends[id] = ((std::uint64_t{1} << n.shape[0].extent) - 1) << n.numbers[0];
    }
    return depends;
}

/// How many nodes get a tangent if the elements of `x`, of which they depend as `depends` says, are pushed forward one by one; what only
/// takes elements out or puts them together is not counted.
constexpr std::int64_t count_tangents(ref x, const list<std::uint64_t>& depends) {
    std::int64_t count = 0;
    for (int id = x.id; id < depends.size(); ++id) {
        if (depends[id] == 0) continue;
        const node& n = (*x.graph)[id];
        const bool moves = n.op->kind == op_kind::view || n.op->kind == op_kind::reshape || is_op<pad_op>(*n.op) || n.op->joins;
        if (!moves && !(is_op<add_op>(*n.op) && n.shape == x.shape())) count += std::popcount(depends[id]);
    }
    return count;
}

/// The extent of an axis with all elements of `s`, if one extent says it.
constexpr bool has_one_count(const tensor_shape& s) { return s.is_static() || s.rank == 1; }
constexpr dimension count_of(const tensor_shape& s) { return s.is_static() ? dimension(s.static_size()) : s[0]; }

/// The way for a leaf of shape `x` to a result of shape `y`. @param inputs of all leaves together, if static.
/// A pass back serves all leaves, and costs about two forward.
constexpr jacobian_way way_to(const tensor_shape& y, const tensor_shape& x, std::int64_t inputs, passes asked) {
    const bool by_columns = x.is_static() && are_few(x.static_size()), by_rows = y.is_static() && are_few(y.static_size());
    if (asked != passes::forward && y.rank == 0) return jacobian_way::gradient;
    const bool prefers_columns =
        asked == passes::forward || (asked == passes::cheaper && (!y.is_static() || inputs <= 2 * y.static_size()));
    const bool has_examples = y.rank == 1 && !y.is_static();
    if (prefers_columns && by_columns)
        return asked == passes::cheaper && has_examples && x.static_size() > 2 ? jacobian_way::examples_or_columns : jacobian_way::columns;
    if (asked != passes::forward && by_rows) return jacobian_way::rows;
    if (asked == passes::cheaper && by_columns) return jacobian_way::columns;
    if (asked != passes::forward && has_examples) return jacobian_way::examples_or_rows;
    if (has_one_count(x) && (asked == passes::forward || prefers_columns || !has_one_count(y))) return jacobian_way::all_columns;
    return has_one_count(y) && asked != passes::forward ? jacobian_way::all_rows : jacobian_way::none;
}

/// A leaf that stands for a direction, or for what reaches a result.
template <class Ref>
constexpr Ref direction_leaf(Ref like, std::uint64_t number) {
    attributes a;
    a.type = like->type;
    a.shape = like.shape();
    a.name = &symbol_of<"direction">;
    a.bits = number;
    return like.graph->add(info<deferred_t<cotangent_op, Ref>>, a, nullptr);
}

/// The Jacobians of `y` with respect to leaves, [shape of y, shape of the leaf]; a none is 0.
template <class Ref>
class jacobian_passes {
public:
    std::string_view obstacle{}; ///< The op that stops the way that was taken, if any.

    constexpr jacobian_passes(Ref y, const list<Ref>& leaves, const list<jacobian_way>& ways)
        : b_(*y.graph), y_(y), leaves_(leaves), of_(leaves.size()), taken_(ways) {
        list<int> by_rows, by_gradient;
        for (int i = 0; i < leaves.size(); ++i) {
            if (!leaves[i] || leaves[i].id > y.id) continue; // not asked for; of which y is not made
            switch (ways[i]) {
            case jacobian_way::gradient: by_gradient.push_back(i); break;
            case jacobian_way::columns: of_[i] = columns_or_all(i); break;
            case jacobian_way::rows: by_rows.push_back(i); break;
            case jacobian_way::examples_or_columns:
                if (is_taken_apart(leaves[i]) || !finds_examples(i)) of_[i] = columns_or_all(i);
                break;
            case jacobian_way::examples_or_rows:
                if (finds_examples(i)) break;
                of_[i] = all_rows(leaves[i]);
                taken_[i] = jacobian_way::all_rows;
                break;
            case jacobian_way::all_columns: of_[i] = all_columns(leaves[i]); break;
            case jacobian_way::all_rows: of_[i] = all_rows(leaves[i]); break;
            case jacobian_way::none: obstacle = "shape"; break;
            }
        }
        if (!by_gradient.empty()) gradient(by_gradient);
        if (!by_rows.empty()) rows_or_all(by_rows);
    }

    constexpr const list<Ref>& result() const { return of_; }
    /// The ways that were taken.
    constexpr const list<jacobian_way>& taken() const { return taken_; }

private:
    builder& b_;
    Ref y_;
    const list<Ref>& leaves_;
    list<Ref> of_;
    list<jacobian_way> taken_;

    constexpr tensor_shape whole(Ref x) const { return axes_of_both(y_.shape(), x.shape()); }
    static constexpr list<Ref> one(Ref x) {
        list<Ref> single;
        single.push_back(x);
        return single;
    }
    constexpr list<Ref> some(const list<int>& which) const {
        list<Ref> chosen;
        for (const int i : which) chosen.push_back(leaves_[i]);
        return chosen;
    }

    constexpr void gradient(const list<int>& which) {
        const list<Ref> slopes = differentiate(y_, some(which));
        for (int i = 0; i < which.size(); ++i) of_[which[i]] = slopes[i];
    }

    /// One by one if that is little; else, or where an op stops the other way, all at once.
    constexpr Ref columns_or_all(int i) {
        const Ref x = leaves_[i];
        taken_[i] = jacobian_way::columns;
        const bool is_little =
            x.shape().static_size() * y_.id <= most_visits && count_tangents(x, elements_behind(x, y_.id)) <= most_tangents;
        if (is_little) return columns(x);
        const std::string_view before = obstacle;
        const Ref all = all_columns(x);
        taken_[i] = obstacle.empty() ? jacobian_way::all_columns : jacobian_way::columns;
        if (obstacle.empty()) return all;
        obstacle = before;
        return columns(x);
    }
    constexpr void rows_or_all(const list<int>& which) {
        list<int> one_by_one;
        std::int64_t visited = 0;
        for (const bool is_visited : on_the_way(b_, y_.id, some(which))) visited += is_visited ? 1 : 0;
        const bool is_little = y_.shape().static_size() * visited <= most_tangents;
        for (const int i : which) {
            const std::string_view before = obstacle;
            if (!is_little) of_[i] = all_rows(leaves_[i]);
            taken_[i] = is_little || !obstacle.empty() ? jacobian_way::rows : jacobian_way::all_rows;
            if (taken_[i] == jacobian_way::rows) one_by_one.push_back(i);
            obstacle = before;
        }
        if (!one_by_one.empty()) rows(one_by_one);
    }

    constexpr Ref columns(Ref x) {
        const tensor_shape shape = x.shape();
        list<Ref> parts;
        for (std::int64_t at = 0; at < shape.static_size(); ++at)
            parts.push_back(push_forward(one(y_), one(x), one(unit_vector(b_, x->type, shape, at)), true)[0]);
        if (are_all_zero(parts) || shape.rank == 0) return parts[0];
        return reshaped(stacked(parts, y_.shape().rank, y_), whole(x));
    }

    constexpr void rows(const list<int>& which) {
        const list<Ref> leaves = some(which);
        list<list<Ref>> parts(which.size());
        for (std::int64_t at = 0; at < y_.shape().static_size(); ++at) {
            const list<Ref> row = differentiate(y_, leaves, unit_vector(b_, y_->type, y_.shape(), at), true);
            for (int i = 0; i < which.size(); ++i) parts[i].push_back(row[i]);
        }
        for (int i = 0; i < which.size(); ++i)
            if (!are_all_zero(parts[i])) of_[which[i]] = reshaped(stacked(parts[i], 0, leaves[i]), whole(leaves[i]));
    }

    /// Whether elements of `x` are taken one by one: then they are all that a column is made of.
    constexpr bool is_taken_apart(Ref x) const {
        for (int id = 0; id <= y_.id; ++id)
            if (b_[id].op->arity > 0 && b_[id].inputs[0] == x.id && is_op<slice_op>(*b_[id].op)) return true;
        return false;
    }
    /// Whether examples can be told apart all the way; then the Jacobian is found by them.
    constexpr bool finds_examples(int i) {
        const Ref x = leaves_[i];
        const lift copies(y_, one(x));
        if (!copies.obstacle.empty() || (copies.copy(y_) && has_them_behind(x))) return false;
        of_[i] = examples(x, copies);
        return true;
    }
    /// Whether an axis of `x` other than the first is that of the result.
    constexpr bool has_them_behind(Ref x) const {
        for (int k = 1; k < x.shape().rank; ++k)
            if (x.shape()[k] == y_.shape()[0]) return true;
        return false;
    }
    /// Of a leaf that has the examples itself: what belongs to one of them lies on the diagonal.
    constexpr Ref examples(Ref x, const auto& copies) {
        if (!copies.copy(y_)) return {};
        const Ref slopes = copies.with_originals(differentiate(copies.copy(y_), one(copies.copy(x))))[0];
        if (!slopes || slopes.shape() == whole(x)) return slopes;
        attributes position;
        position.type = dtype::int32;
        position.shape = whole(x);
        const Ref row = b_.add(info<deferred_t<coordinate_op, Ref>>, position, nullptr);
        position.numbers[0] = 1;
        const Ref column = b_.add(info<deferred_t<coordinate_op, Ref>>, position, nullptr);
        return apply<where_op>(attributes{}, apply<equal_op>(attributes{}, row, column), slopes, constant(b_, 0, x->type, position.shape));
    }

    constexpr Ref all_columns(Ref x) {
        const Ref direction = direction_leaf(x, 1), along = push_forward(one(y_), one(x), one(direction), true)[0];
        if (!along) return {};
        const Ref turned = for_all(direction, along, x.shape());
        if (!turned) return {};
        return reshaped(with_first_axis_last(turned), whole(x));
    }

    constexpr Ref all_rows(Ref x) {
        const Ref direction = direction_leaf(y_, 2), back = differentiate(y_, one(x), direction, true)[0];
        if (!back) return {};
        const Ref all = for_all(direction, back, y_.shape());
        return all ? reshaped(all, whole(x)) : all;
    }

    /// `linear`, a function of the leaf `direction`, for each unit vector, along a new first axis.
    constexpr Ref for_all(Ref direction, Ref linear, const tensor_shape& of) {
        const Ref basis = identity_basis(b_, direction->type, count_of(of), of);
        const basis_lift lifted(direction, basis, linear.id);
        if (obstacle.empty()) obstacle = lifted.obstacle;
        return lifted.obstacle.empty() ? lifted(linear) : Ref{};
    }
};

} // namespace ctgrad::detail
