// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>
#include <ctgrad/transform/differentiate.hpp>
#include <ctgrad/transform/simplify.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_be_scalar, "a loss is one number: use reduce_mean(loss) or reduce_sum(loss).")
inline constexpr poison loss_must_be_scalar{};

/// Arguments: the function, the dtype of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_be_floating, "only float and double have gradients: cast what the loss is made of.")
inline constexpr poison loss_must_be_floating{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(loss_must_depend_on_variable, "no differentiable path leads from this leaf to the loss: use it there, or do not ask for it.")
inline constexpr poison loss_must_depend_on_variable{};

/// Gradients by the leaf that they belong to: `grads[W]` is the expression of dL/dW. It cannot be
/// paired with the wrong variable.
template <class... Pairs>
struct gradients : Pairs... {
    using Pairs::of...;

    template <leaf_expression V>
    constexpr auto operator[](V leaf) const {
        return of(leaf);
    }
    constexpr poison operator[](poison) const { return {}; }
};

namespace detail {

template <class V, class G>
struct gradient_of {
    using variable = V;
    using value = G;
    static constexpr G of(V) { return {}; }
};

/// The gradients of `L` with respect to `V...` as one graph; a root -1 where there is none.
template <class L, class... V>
struct make_gradients {
    constexpr draft_graph operator()() const {
        builder made(simplify);
        const list<int> ids = made.import(L::graph());
        list<ref> leaves;
        (leaves.push_back(made.intern(V::root())), ...);
        list<ref> found = differentiate({&made, ids[L::graph().roots[0]]}, leaves);
        for (int i = 0; i < found.size(); ++i)
            if (!found[i]) found[i] = leaves[i]; // refused before it is used
        return extract(made, found);
    }
};

/// Root `I` of the graph known by `Hash`, by itself.
template <std::uint64_t Hash, int I>
struct make_root {
    constexpr draft_graph operator()() const {
        const graph_view all = graph_of(graph_key<Hash>{}).view();
        builder made;
        const list<int> ids = made.import(all);
        list<ref> root;
        root.push_back({&made, ids[all.roots[I]]});
        return extract(made, root);
    }
};

template <std::uint64_t Hash, int I>
using root_expr = decltype(make_expr(make_root<Hash, I>{}));

/// The name of the first of `V...` that no differentiable path joins to `L`, or none.
template <class L, class... V>
constexpr const symbol* unconnected_name() {
    builder made(simplify);
    const list<int> ids = made.import(L::graph());
    list<ref> leaves;
    (leaves.push_back(made.intern(V::root())), ...);
    const int root = ids[L::graph().roots[0]];
    for (int i = 0; i < leaves.size(); ++i) {
        list<ref> one;
        one.push_back(leaves[i]);
        if (leaves[i].id > root || !on_the_way(made, root, one)[root]) return leaves[i]->name;
    }
    return nullptr;
}

} // namespace detail

/// Whether `L` can be a loss: a scalar of a floating dtype.
template <class L>
concept scalar_loss = detail::is_expr<L> && L::rank == 0 && is_floating(L::type());

/// The gradients of the scalar `loss` with respect to leaves, as expressions keyed by leaf:
/// `auto grads = gradient(loss, W, b); grads[W]`. They can be printed, combined and differentiated again.
/// @returns for each leaf an expression of its shape and dtype.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`), or does not depend on a leaf through
/// differentiable ops (`loss_must_depend_on_variable`).
/// Source: reverse accumulation, Griewank and Walther, Evaluating Derivatives (2008), ch. 3.
template <expression L, leaf_expression... V>
    requires(sizeof...(V) > 0)
constexpr auto gradient(L, V...) {
    if constexpr (detail::is_poison<L>)
        return poison{};
    else if constexpr (L::rank != 0)
        return loss_must_be_scalar<"gradient", show([] { return phrase_of(L::shape()); })>;
    else if constexpr (!is_floating(L::type()))
        return loss_must_be_floating<"gradient", show([] { return name_of(L::type()); })>;
    else if constexpr (detail::unconnected_name<L, V...>() != nullptr)
        return loss_must_depend_on_variable<show([] { return detail::unconnected_name<L, V...>()->text; })>;
    else {
        using all = detail::define_graph<freeze(detail::make_gradients<L, V...>{})>;
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return gradients<detail::gradient_of<V, detail::root_expr<all::hash, static_cast<int>(I)>>...>{};
        }(std::index_sequence_for<V...>{});
    }
}

} // namespace ctgrad
