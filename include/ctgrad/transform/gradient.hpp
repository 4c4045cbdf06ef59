// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/expr/rules.hpp>
#include <ctgrad/graph/count_nodes.hpp>
#include <ctgrad/transform/differentiate.hpp>
#include <ctgrad/transform/gradient_rules.hpp>
#include <ctgrad/transform/simplify.hpp>

#include <string_view>

namespace ctgrad {

namespace detail {

/// The shape of the first of `V...` that is not a leaf.
template <class... V>
constexpr phrase non_leaf_shown() {
    phrase text("number");
    bool found = false;
    auto look = [&]<class E>(E*) {
        if (found || leaf_expression<E>) return;
        found = true;
        if constexpr (is_expr<E>) text = phrase_of(E::shape());
    };
    (look(static_cast<V*>(nullptr)), ...);
    return text;
}

} // namespace detail

/// Gradients by the leaf that they belong to: `grads[W]` is the expression of dL/dW. It cannot be
/// paired with the wrong variable.
template <class... Pairs>
struct gradients : Pairs... {
    using Pairs::of...;

    /// Whether the gradient with respect to `V` is among them.
    template <class V>
    static constexpr bool has = (std::is_same_v<std::remove_const_t<V>, typename Pairs::variable> || ...);

    template <expression V>
    constexpr auto operator[](V leaf) const {
        if constexpr (detail::is_poison<V>)
            return poison{};
        else if constexpr (!leaf_expression<V>)
            return broken<fault::gradient_must_be_of_a_leaf, "gradients[]", show([] { return detail::non_leaf_shown<V>(); })>;
        else if constexpr (!has<V>)
            return broken<fault::gradient_must_be_computed, show([] { return V::root().name->text; }),
                          show([] { return phrase_of(V::type(), V::shape()); })>;
        else
            return of(leaf);
    }
};

namespace detail {

template <class V, class G>
struct gradient_of {
    using variable = V;
    using value = G;
    static constexpr G of(V) { return {}; }
};

/// The gradients of `L` with respect to `V...` as one graph.
template <class L, class... V>
struct make_gradients {
    static constexpr int expected_size = 16 + 3 * count_nodes(L::root());

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, L>>);
        const auto loss = made.import(L::root());
        list<ref> leaves;
        (leaves.push_back(made.import(V::root())), ...);
        return extract(made, differentiate(loss, leaves));
    }
};

/// A leaf that no differentiable path joins to a loss, and what stops the gradient, if the leaf is in
/// the loss at all: an op, or the leaf's own dtype.
struct disconnection {
    const symbol* leaf = nullptr;
    std::string_view stop{};
};

/// The first op on the ways from `leaf` to the result that lets no gradient pass.
constexpr std::string_view gradient_stop(graph_view g, const node& leaf) {
    list<bool> reached(g.size);
    for (int id = 0; id < g.size; ++id) {
        const node& n = g[id];
        if (n.hash == leaf.hash) {
            if (!is_floating(n.type)) return name_of(n.type);
            reached[id] = true;
        }
        for (int k = 0; k < n.op->arity; ++k) {
            if (!reached[n.inputs[k]]) continue;
            if (!passes_gradient(n, k)) return n.op->name;
            reached[id] = true;
        }
    }
    return {};
}

/// Whether differentiable paths join all of `V...` to `L`: the others have no gradient.
template <class L, class... V>
constexpr bool are_joined() {
    using make = make_gradients<L, V...>;
    constexpr const auto& made = attempted_graph<make, expected_size<make>>;
    for (int i = 0; i < static_cast<int>(sizeof...(V)); ++i)
        if (made.roots.items[i] < 0) return false;
    return true;
}

/// The first of `V...` that no differentiable path joins to `L`.
template <class L, class... V>
inline constexpr disconnection disconnected = [] {
    builder made(simplify<deferred_t<void, L>>);
    const ref loss = made.import(L::root());
    const list<bool> reached = reached_from(made, loss.id);
    const linked_node* const leaves[] = {&V::root()...};
    for (const linked_node* each : leaves) {
        const ref leaf = made.import(*each);
        if (leaf.id > loss.id || !reached[leaf.id]) return disconnection{leaf->name, gradient_stop(L::graph(), *leaf)};
    }
    return disconnection{};
}();

} // namespace detail

/// Of `gradient`: what a leaf gets that the loss does not depend on, or only through ops without derivative: `unconnected = zeros`.
struct unconnected_t {
    template <class Zeros>
        requires Zeros::are_zeros
    constexpr chosen<unconnected_t, Zeros> operator=(Zeros) const {
        return {};
    }
};
inline constexpr unconnected_t unconnected{};

/// Whether `L` can be a loss: a scalar of a floating dtype.
template <class L>
concept scalar_loss = detail::is_expr<L> && L::rank == 0 && is_floating(L::type());

namespace detail {

/// What is wrong with `L` as a loss of `function`.
template <class L>
constexpr finding check_loss(std::string_view function) {
    if (L::rank != 0) return {fault::loss_must_be_scalar, function, phrase_of(L::shape())};
    if (!is_floating(L::type())) return {fault::loss_must_be_floating, function, name_of(L::type())};
    return {};
}

/// What is wrong with `V...` as leaves of `L` that `function` differentiates by.
template <class L, class... V>
constexpr finding check_wrt(std::string_view function) {
    if constexpr (sizeof...(V) == 0)
        return {fault::gradient_must_name_variables, function, phrase_of(L::shape())};
    else if constexpr (!(leaf_expression<V> && ...))
        return {fault::gradient_must_be_of_a_leaf, function, non_leaf_shown<V...>()};
    else
        return check_names<L, V...>();
}

/// What is wrong with the leaves of `gradient`.
template <class L, class... V>
constexpr finding check_leaves() {
    if constexpr (constexpr finding leaves = check_wrt<L, V...>("gradient"); !leaves.is_fine())
        return leaves;
    else if constexpr (!are_joined<L, V...>()) {
        constexpr const disconnection& apart = disconnected<L, V...>;
        if (apart.stop.empty()) return {fault::loss_must_depend_on_variable, apart.leaf->text};
        return {fault::path_must_be_differentiable, apart.leaf->text, apart.stop};
    } else
        return {};
}

/// What is wrong with the arguments of `gradient`.
template <class L, class... V>
struct gradient_check {
    static constexpr finding found = [] {
        if constexpr ((is_poison<L> || ... || is_poison<V>))
            return finding(fault::reported);
        else if constexpr (constexpr finding loss = check_loss<L>("gradient"); !loss.is_fine())
            return loss;
        else
            return check_leaves<L, V...>();
    }();
};

/// The same with zeros for leaves that no differentiable path joins to the loss.
template <class L, class... V>
struct make_gradients_or_zeros {
    static constexpr int expected_size = make_gradients<L, V...>::expected_size;

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, L>>);
        const auto loss = made.import(L::root());
        list<ref> leaves;
        (leaves.push_back(made.import(V::root())), ...);
        list<ref> slopes = differentiate(loss, leaves);
        for (int i = 0; i < slopes.size(); ++i)
            if (!slopes[i]) slopes[i] = constant(made, 0, leaves[i]->type, leaves[i].shape());
        return extract(made, slopes);
    }
};
template <class L, class... V>
struct gradient_or_zeros_check {
    static constexpr finding found = [] {
        if constexpr ((is_poison<L> || ... || is_poison<V>))
            return finding(fault::reported);
        else if constexpr (constexpr finding loss = check_loss<L>("gradient"); !loss.is_fine())
            return loss;
        else
            return check_wrt<L, V...>("gradient");
    }();
};

/// The arguments of `gradient` behind the loss: leaves, and last `unconnected = zeros`, if at all.
template <class... A>
inline constexpr bool end_with_unconnected = false;
template <class First, class... More>
inline constexpr bool end_with_unconnected<First, More...> = end_with_unconnected<More...>;
template <class Zeros>
inline constexpr bool end_with_unconnected<chosen<unconnected_t, Zeros>> = true;

template <class Make, class... V>
constexpr auto keyed_by() {
    using all = lifted<Make>;
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return gradients<gradient_of<V, typename all::template root<I>>...>{};
    }(std::index_sequence_for<V...>{});
}

/// Calls `call` with all but the last of some types.
template <class... Kept>
struct all_but_last {
    template <class First, class... More, class Call>
    static constexpr auto of(Call call) {
        if constexpr (sizeof...(More) == 0)
            return call.template operator()<Kept...>();
        else
            return all_but_last<Kept..., First>::template of<More...>(call);
    }
};

template <class L, class... V>
constexpr auto gradients_or_zeros() {
    if constexpr (!gradient_or_zeros_check<L, V...>::found.is_fine())
        return refuse<gradient_or_zeros_check<L, V...>>();
    else
        return keyed_by<make_gradients_or_zeros<L, V...>, V...>();
}

} // namespace detail

/// Whether `gradient(loss, v...)` exists: a scalar loss that differentiable paths join to each of the leaves.
template <class L, class... V>
concept can_differentiate =
    detail::is_expr<L> && detail::gradient_check<std::remove_const_t<L>, std::remove_const_t<V>...>::found.is_fine();

/// The gradients of the scalar `loss` with respect to leaves, as expressions keyed by leaf:
/// `auto grads = gradient(loss, W, b); grads[W]`. They can be printed, combined and differentiated again.
/// @returns for each leaf an expression of its shape and dtype.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`) or not floating, does not depend on a leaf
/// (`loss_must_depend_on_variable`) or only through an op without derivative
/// (`path_must_be_differentiable`), or something else than leaves is named. With `gradient(loss, W, b, unconnected = zeros)` such a
/// leaf gets zeros instead (TensorFlow: `unconnected_gradients`).
/// Source: reverse accumulation, Griewank and Walther, Evaluating Derivatives (2008), ch. 3.
template <expression L, class... V>
constexpr auto gradient(L, V...) {
    if constexpr (detail::end_with_unconnected<V...>)
        return detail::all_but_last<>::of<V...>([]<class... Leaf>() { return detail::gradients_or_zeros<L, Leaf...>(); });
    else if constexpr (!detail::gradient_check<L, V...>::found.is_fine())
        return refuse<detail::gradient_check<L, V...>>();
    else
        return detail::keyed_by<detail::make_gradients<L, V...>, V...>();
}

} // namespace ctgrad
