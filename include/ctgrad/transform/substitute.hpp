// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/count_nodes.hpp>
#include <ctgrad/transform/detail/leaf_values.hpp>

namespace ctgrad {

namespace detail {

/// `X` with values for leaves, as written: nothing is simplified, so that f(x) with x = y is the very expression f(y).
template <class X, class... R>
struct make_substituted {
    static constexpr int expected_size = count_nodes(X::root()) + (value_size<typename R::value>() + ...);

    constexpr draft_graph operator()() const {
        builder from, made;
        const int root = from.import(X::root()).id;
        const std::uint64_t leaves[] = {R::leaf::root().hash...};
        const ref values[] = {value_for<typename R::leaf, typename R::value>(made)...};
        list<ref> copies(from.size());
        for (int id = 0; id < from.size(); ++id) {
            const node& n = from[id];
            ref in[max_arity];
            for (int k = 0; k < n.op->arity; ++k) in[k] = copies[n.inputs[k]];
            for (std::size_t i = 0; i < sizeof...(R); ++i)
                if (n.hash == leaves[i]) copies[id] = values[i];
            if (!copies[id]) copies[id] = made.add(*n.op, n, in);
        }
        list<ref> roots;
        roots.push_back(copies[root]);
        return extract(made, roots);
    }
};

/// Adds the root of the value of `R`.
template <class R>
constexpr void append_value(list<const linked_node*>& roots) {
    if constexpr (is_expr<typename R::value>) roots.push_back(&R::value::root());
}

/// What is wrong with the leaves of `X` as `R...` replace them; what is replaced may share its name with what a value has.
template <class X, class... R>
constexpr finding check_replaced() {
    const linked_node* const replaced[] = {&R::leaf::root()...};
    list<const linked_node*> roots;
    for (int i = 0; i < X::root().leaf_count(); ++i) {
        bool stays = true;
        for (const linked_node* each : replaced) stays = stays && each->hash != X::root().leaf(i).hash;
        if (stays) roots.push_back(&X::root().leaf(i));
    }
    const bool is_optional[] = {leaf_value<R>::is_optional...};
    for (std::size_t i = 0; i < sizeof...(R); ++i)
        if (!is_optional[i] && !has_leaf(X::root(), replaced[i]->hash))
            return {fault::leaf_must_occur, "substitute", replaced[i]->name->text};
    (append_value<R>(roots), ...);
    return check_names(roots.data(), roots.size());
}

template <class X, class... R>
constexpr finding check_substitution() {
    if constexpr (is_poison<X>)
        return fault::reported;
    else if constexpr (constexpr finding values = check_leaf_values<R...>("substitute"); !values.is_fine())
        return values;
    else if constexpr (is_literal<X>)
        return {fault::leaf_must_occur, "substitute", "no leaf"};
    else
        return check_replaced<X, R...>();
}
template <class X, class... R>
struct substitution_check {
    static constexpr finding found = check_substitution<X, R...>();
};

} // namespace detail

/// Whether `substitute(x, leaf = value...)` exists, by their types.
template <class X, class... R>
concept can_substitute =
    detail::is_expr<X> && detail::substitution_check<std::remove_const_t<X>, std::remove_const_t<R>...>::found.is_fine();

/// `x` with expressions for leaves, all at once: `substitute(prediction, x = x + noise)`, `substitute(loss, W = W - 0.1_c * grads[W])`,
/// the loss after a step. A number fills the leaf.
/// @returns the shape and dtype of `x`. It is the expression that had been written with the values instead of the leaves, so it
/// differentiates through both. Derivative: the chain rule.
/// **Fails when** an argument is not `leaf = expression` (`value_must_name_its_leaf`), a value has another dtype or shape than the leaf
/// (`value_must_fit_its_leaf`), `x` does not depend on the leaf (`leaf_must_occur`; `if_used(y = e)` says that this is fine), one is
/// named twice (`leaf_must_be_named_once`), or a name would mean two leaves (`name_must_mean_one_leaf`).
template <expression X, class... R>
constexpr auto substitute(X, R...) {
    if constexpr (!detail::substitution_check<X, R...>::found.is_fine())
        return refuse<detail::substitution_check<X, R...>>();
    else
        return detail::make_expr(detail::make_substituted<X, R...>{});
}

} // namespace ctgrad
