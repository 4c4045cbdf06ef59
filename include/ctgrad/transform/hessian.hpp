// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/transform/jacobian.hpp>

namespace ctgrad {

namespace detail {

/// Forward over reverse, whatever the shapes.
constexpr jacobian_way hessian_way(const tensor_shape& y, const tensor_shape& x) { return way_to(y, x, 0, passes::forward); }

/// An element of a vector that is put together of elements; none is 0.
template <class Ref>
struct single_element {
    bool found = false;
    Ref value{}; ///< [1]
};

/// Element `at` of the vector `x`, where that is put together of elements, as the gradient to what is used element by element is.
template <class Ref>
constexpr single_element<Ref> element_in(Ref x, std::int64_t at) {
    const node n = *x; // the builder may move its nodes
    if (is_constant(x, 0)) return {true, {}};
    if (n.shape == shape(1)) return {true, x};
    if (is_op<pad_op>(*n.op)) {
        const std::int64_t inside = at - n.numbers[0];
        return inside >= 0 && inside < x.input(0).shape()[0].extent ? element_in(x.input(0), inside) : single_element<Ref>{true, {}};
    }
    if (is_op<concat_op>(*n.op)) {
        const std::int64_t first = x.input(0).shape()[0].extent;
        return at < first ? element_in(x.input(0), at) : element_in(x.input(1), at - first);
    }
    if (!is_op<add_op>(*n.op)) return {};
    const single_element<Ref> left = element_in(x.input(0), at);
    const single_element<Ref> right = left.found ? element_in(x.input(1), at) : single_element<Ref>{};
    if (!right.found || !right.value) return {right.found, left.value};
    return {true, left.value ? left.value + right.value : right.value};
}

/// `count` of the elements `of`, from `first` on, as a row [1, count]; those of which there is none are 0, and neighbours among them one
/// constant.
template <class Ref>
constexpr Ref row_of_elements(builder& b, dtype type, const list<Ref>& of, int first, int count) {
    attributes along;
    along.numbers[0] = 1;
    Ref row{};
    for (int k = 0; k < count;) {
        int end = k;
        while (end < count && !of[first + end]) ++end;
        const Ref part = end > k ? Ref(constant(b, 0, type, shape(1, end - k))) : with_unit_axis(of[first + k], 0);
        row = row ? apply<concat_op>(along, row, part) : part;
        k = end > k ? end : k + 1;
    }
    return row;
}

/// The Hessian of a vector whose gradient is `slope`, from its elements on one side of the diagonal; none if that has no elements.
template <class Ref>
constexpr Ref symmetric_block(Ref slope, Ref x) {
    builder& b = *x.graph;
    const int count = static_cast<int>(x.shape()[0].extent);
    if (count * slope.id > most_visits) return {};
    list<ref> slopes, of(count * count);
    int last = x.id;
    for (int i = 0; i < count; ++i) {
        const single_element each = element_in(slope, i);
        if (!each.found) return {};
        slopes.push_back(each.value ? each.value : constant(b, 0, x->type, shape(1)));
        last = slopes[i].id > last ? slopes[i].id : last;
    }
    const list<std::uint64_t> depends = elements_behind(x, last);
    if (count_tangents(x, depends) > 2 * most_tangents) return {}; // of which half are found

    list<int> last_slope(last + 1, -1); // the last one that a node is needed for
    for (int i = 0; i < count; ++i) last_slope[slopes[i].id] = i;
    for (int id = last; id > x.id; --id)
        for (int k = 0; depends[id] != 0 && k < b[id].op->arity; ++k)
            if (int& of_input = last_slope[b[id].inputs[k]]; of_input < last_slope[id] && passes_gradient(b[id], k))
                of_input = last_slope[id];
    list<tangent<Ref>> of_node(last + 1);
    for (int j = 0; j < count; ++j) { // a pass forward through what element j and a slope from there on have between them
        const auto is_between = [&](int id) { return (depends[id] >> j & 1) != 0 && last_slope[id] >= j; };
        of_node[x.id] = {unit_vector(b, x->type, x.shape(), j), true};
        for (int id = x.id + 1; id <= last; ++id)
            if (is_between(id)) of_node[id] = pushed(Ref{&b, id}, of_node);
        for (int i = j; i < count; ++i) of[i * count + j] = of[j * count + i] = of_node[slopes[i].id].value;
        for (int id = x.id + 1; id <= last; ++id)
            if (is_between(id)) of_node[id] = {};
    }
    attributes along;
    Ref all{};
    for (int i = 0; i < count; ++i) {
        const Ref row = row_of_elements(b, x->type, of, i * count, count);
        all = all ? apply<concat_op>(along, all, row) : row;
    }
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
        list<ref> slopes;
        if constexpr (is_long) {
            (leaves.push_back(made.import(V::root())), ...);
            slopes = imported_slopes(std::index_sequence_for<V...>{});
        } else {
            const auto loss = made.import(L::root());
            (leaves.push_back(made.import(V::root())), ...);
            slopes = differentiate(loss, leaves);
        }
        for (int i = 0; i < leaves.size(); ++i) make_row(i, slopes[i]);
    }

private:
    /// Whether the gradient is made in a constant expression of its own: Clang does a million steps in one.
    static constexpr bool is_long = count_nodes(L::root()) > 64;

    template <std::size_t... I>
    constexpr list<ref> imported_slopes(std::index_sequence<I...>) {
        using slopes = lifted<make_gradients_or_zeros<L, V...>>;
        list<ref> all;
        (all.push_back(made.import(slopes::template root<I>::root(), true)), ...);
        for (ref& each : all)
            if (is_constant(each, 0)) each = {};
        return all;
    }

    /// The blocks from the diagonal on, and what stands below it in that column: it is symmetric.
    constexpr void make_row(int i, deferred_t<ref, L> slope) {
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
    static constexpr ref turned(auto block, int rank) {
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
        const auto loss = made.import(L::root());
        list<deferred_t<ref, L>> leaves, tangents, slopes;
        (leaves.push_back(made.import(R::leaf::root())), ...);
        (tangents.push_back(value_for<typename R::leaf, typename R::value>(made)), ...);
        const list<ref> found = differentiate(loss, leaves);
        for (int i = 0; i < leaves.size(); ++i) slopes.push_back(or_zeros(made, found[i], *leaves[i]));
        auto products = push_forward(slopes, leaves, tangents);
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
