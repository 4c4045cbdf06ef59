// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/transform/jacobian.hpp>

namespace ctgrad {

namespace detail {

/// Forward over reverse, whatever the shapes.
constexpr jacobian_way hessian_way(const tensor_shape& y, const tensor_shape& x) { return way_to(y, x, 0, passes::forward); }

/// An element of a vector that is put together of elements; none is 0.
struct single_element {
    bool found = false;
    ref value{}; ///< [1]
};

/// Element `at` of the vector `x`, where that is put together of elements, as the gradient to what is used element by element is.
constexpr single_element element_in(ref x, std::int64_t at) {
    const node n = *x; // the builder may move its nodes
    if (is_constant(x, 0)) return {true, {}};
    if (n.shape == shape(1)) return {true, x};
    if (is_op<pad_op>(*n.op)) {
        const std::int64_t inside = at - n.numbers[0];
        return inside >= 0 && inside < x.input(0).shape()[0].extent ? element_in(x.input(0), inside) : single_element{true, {}};
    }
    if (is_op<concat_op>(*n.op)) {
        const std::int64_t first = x.input(0).shape()[0].extent;
        return at < first ? element_in(x.input(0), at) : element_in(x.input(1), at - first);
    }
    if (!is_op<add_op>(*n.op)) return {};
    const single_element left = element_in(x.input(0), at);
    const single_element right = left.found ? element_in(x.input(1), at) : single_element{};
    if (!right.found || !right.value) return {right.found, left.value};
    return {true, left.value ? left.value + right.value : right.value};
}

/// The Hessian of a vector whose gradient is `slope`, from its elements on one side of the diagonal; none if that has no elements.
constexpr ref symmetric_block(ref slope, ref x) {
    builder& b = *x.graph;
    const int count = static_cast<int>(x.shape()[0].extent);
    if (count * slope.id > most_visits) return {};
    list<ref> slopes, leaf, of(count * count);
    leaf.push_back(x);
    int last = 0;
    for (int i = 0; i < count; ++i) {
        const single_element each = element_in(slope, i);
        if (!each.found) return {};
        slopes.push_back(each.value ? each.value : constant(b, 0, x->type, shape(1)));
        last = slopes[i].id > last ? slopes[i].id : last;
    }
    if (count_tangents(x, last) > 2 * most_tangents) return {}; // of which half are found

    for (int j = 0; j < count; ++j) {
        list<ref> rest, unit;
        for (int i = j; i < count; ++i) rest.push_back(slopes[i]);
        unit.push_back(unit_vector(b, x->type, x.shape(), j));
        const list<ref> column = push_forward(rest, leaf, unit, true);
        for (int i = j; i < count; ++i) of[i * count + j] = of[j * count + i] = column[i - j];
    }
    list<ref> rows;
    for (int i = 0; i < count; ++i) {
        list<ref> row;
        for (int j = 0; j < count; ++j) row.push_back(of[i * count + j]);
        rows.push_back(stacked(row, 1, slopes[0])); // [1, count]
    }
    attributes along;
    ref all = rows[0];
    for (int i = 1; i < count; ++i) all = apply<concat_op>(along, all, rows[i]);
    return all;
}

/// All blocks of the Hessian of `L`, row by row: [a][a], [a][b], ..., [b][a], ...
template <class L, class... V>
struct make_hessian {
    static constexpr int expected_size = 64 + 12 * count_nodes(L::root());

    builder made{simplify<deferred_t<void, L>>};
    list<ref> leaves;
    list<ref> blocks{static_cast<int>(sizeof...(V) * sizeof...(V))};
    std::string_view obstacle{};

    constexpr make_hessian() {
        const ref loss = made.import(L::root());
        (leaves.push_back(made.import(V::root())), ...);
        const list<ref> slopes = differentiate(loss, leaves);
        for (int i = 0; i < leaves.size(); ++i) make_row(i, slopes[i]);
    }

private:
    /// The blocks from the diagonal on, and what stands below it in that column: it is symmetric.
    constexpr void make_row(int i, ref slope) {
        const int count = leaves.size();
        list<ref> others;
        list<jacobian_way> ways;
        for (int j = i; j < count; ++j) {
            others.push_back(leaves[j]);
            ways.push_back(hessian_way(leaves[i].shape(), leaves[j].shape()));
        }
        list<ref> row(others.size()); // g++ 12 destroys the list of a conditional expression twice
        if (slope && ways[0] == jacobian_way::columns && leaves[i].shape().rank == 1) {
            row[0] = symmetric_block(slope, leaves[i]);
            if (row[0]) others[0] = {}; // it is found
        }
        if (slope) {
            const ref diagonal = row[0];
            const jacobian_passes passes(slope, others, ways);
            row = passes.result();
            if (diagonal) row[0] = diagonal;
            if (obstacle.empty()) obstacle = passes.obstacle;
        }
        for (int j = i; j < count; ++j) {
            const attributes whole{.type = L::type(), .shape = axes_of_both(leaves[i].shape(), leaves[j].shape())};
            const ref block = or_zeros(made, row[j - i], whole);
            blocks[i * count + j] = block;
            if (j > i) blocks[j * count + i] = turned(block, leaves[i].shape().rank);
        }
    }

    /// `block` with its first `rank` axes behind the others.
    static constexpr ref turned(ref block, int rank) {
        for (int k = 0; k < rank; ++k) block = with_first_axis_last(block);
        return block;
    }
};
template <class L, class... V>
struct hessian_draft {
    static constexpr int expected_size = make_hessian<L, V...>::expected_size;
    constexpr draft_graph operator()() const {
        const make_hessian<L, V...> all;
        return extract(all.made, all.blocks);
    }
};

/// What stops a block, where the way is one that an op can stop.
template <class L, class... V>
constexpr std::string_view hessian_obstacle() {
    const tensor_shape shapes[] = {V::shape()...};
    bool may_be_stopped = false;
    for (const tensor_shape& each : shapes) may_be_stopped = may_be_stopped || hessian_way(each, each) != jacobian_way::columns;
    if (!may_be_stopped) return {};
    return make_hessian<L, V...>{}.obstacle;
}

template <class L, class... V>
constexpr finding check_hessian(std::string_view function) {
    if constexpr ((is_poison<L> || ... || is_poison<V>))
        return fault::reported;
    else if constexpr (constexpr finding loss = check_loss<L>("hessian"); !loss.is_fine())
        return {loss.found, function, loss.facts[1]};
    else if constexpr (constexpr finding leaves = check_wrt<L, V...>("hessian"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding smooth = check_differentiable<L, V...>("hessian"); !smooth.is_fine())
        return smooth;
    else if constexpr (((2 * V::rank > max_rank) || ...))
        return {fault::rank_must_fit, function, phrase_of(L::shape()), phrase("a leaf of too many axes")};
    else if constexpr (constexpr std::string_view stop = hessian_obstacle<L, V...>(); !stop.empty())
        return {fault::jacobian_must_be_computable, function, phrase_of(L::shape()), stop};
    else
        return {};
}
template <class L, class... V>
struct hessian_check {
    static constexpr finding found = check_hessian<L, V...>("hessian");
};

template <class L, class... R>
struct make_hvp {
    static constexpr int expected_size = 32 + 6 * count_nodes(L::root()) + (value_size<typename R::value>() + ...);

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, L>>);
        const ref loss = made.import(L::root());
        list<ref> leaves, tangents, slopes;
        (leaves.push_back(made.import(R::leaf::root())), ...);
        (tangents.push_back(value_for<typename R::leaf, typename R::value>(made)), ...);
        const list<ref> found = differentiate(loss, leaves);
        for (int i = 0; i < leaves.size(); ++i) slopes.push_back(or_zeros(made, found[i], *leaves[i]));
        list<ref> products = push_forward(slopes, leaves, tangents);
        for (int i = 0; i < leaves.size(); ++i) products[i] = or_zeros(made, products[i], *leaves[i]);
        return extract(made, products);
    }
};

template <class L, class... R>
constexpr finding check_hvp() {
    if constexpr (is_poison<L>)
        return fault::reported;
    else if constexpr (constexpr finding values = check_leaf_values<R...>("hvp"); !values.is_fine())
        return values;
    else if constexpr (constexpr finding loss = check_loss<L>("hvp"); !loss.is_fine())
        return loss;
    else if constexpr (constexpr finding names = check_names<L, typename R::leaf..., typename R::value...>(); !names.is_fine())
        return names;
    else
        return check_differentiable<L, typename R::leaf...>("hvp");
}
template <class L, class... R>
struct hvp_check {
    static constexpr finding found = check_hvp<L, R...>();
};

} // namespace detail

/// Whether `hessian(loss, v...)` exists.
template <class L, class... V>
concept has_hessian = detail::is_expr<L> && detail::hessian_check<std::remove_const_t<L>, std::remove_const_t<V>...>::found.is_fine();

/// Whether `hvp(loss, leaf = value...)` exists, by their types.
template <class L, class... R>
concept has_hvp = detail::is_expr<L> && detail::hvp_check<std::remove_const_t<L>, std::remove_const_t<R>...>::found.is_fine();

/// The second derivatives of the scalar `loss` with respect to leaves, in blocks keyed by two of them: `hessian(loss, a, b)[a][b]`.
/// Forward over reverse: the gradient, and a pass forward through it for each element of a leaf, or for all at once. A block [b][a] is the
/// block [a][b] read the other way.
/// @returns expressions of the shape of the first leaf followed by that of the second; zeros where there is no dependence. They can be
/// differentiated again.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`) or not floating (`loss_must_be_floating`), depends on a leaf only through
/// an op without derivative (`path_must_be_differentiable`), both leaves of a block have many elements and an op between them takes no more
/// axes (`jacobian_must_be_computable`), or something else than leaves is named (`gradient_must_be_of_a_leaf`).
/// Source: Griewank and Walther, Evaluating Derivatives (2008), ch. 5; `jax.hessian`.
template <expression L, class... V>
constexpr auto hessian(L, V...) {
    if constexpr (!detail::hessian_check<L, V...>::found.is_fine())
        return refuse<detail::hessian_check<L, V...>>();
    else {
        using all = detail::lifted<detail::hessian_draft<L, V...>>;
        constexpr std::size_t count = sizeof...(V);
        return []<std::size_t... I>(std::index_sequence<I...>) {
            constexpr auto row = []<std::size_t Row>(std::integral_constant<std::size_t, Row>) {
                return gradients<detail::gradient_of<V, typename all::template root<Row * count + I>>...>{};
            };
            return gradients<detail::gradient_of<V, decltype(row(std::integral_constant<std::size_t, I>{}))>...>{};
        }(std::index_sequence_for<V...>{});
    }
}

/// The Hessian of the scalar `loss` times a direction, without the Hessian: `hvp(loss, a = v, b = w)[a]` is the sum of H_aa v and H_ab w.
/// Forward over reverse: about as much again as the gradient, which a call that asks for both shares. A number fills its leaf.
/// @returns for each leaf named an expression of its shape and dtype. They can be differentiated again.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`) or not floating (`loss_must_be_floating`), an argument is not
/// `leaf = expression` (`value_must_name_its_leaf`), a direction has another dtype or shape than its leaf (`value_must_fit_its_leaf`), a
/// leaf is named twice (`leaf_must_be_named_once`), or the loss depends on it only through an op without derivative
/// (`path_must_be_differentiable`).
/// Source: Pearlmutter, Fast Exact Multiplication by the Hessian (1994).
template <expression L, class... R>
constexpr auto hvp(L, R...) {
    if constexpr (!detail::hvp_check<L, R...>::found.is_fine())
        return refuse<detail::hvp_check<L, R...>>();
    else
        return detail::keyed_by<detail::make_hvp<L, R...>, typename R::leaf...>();
}

} // namespace ctgrad
