// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/lift.hpp>
#include <ctgrad/transform/gradient.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_be_one_an_example, "give a loss of shape [N] with a named dimension: reduce its other axes.")
inline constexpr poison broken<fault::loss_must_be_one_an_example, Function, Loss>{};

/// Arguments: the function, the op.
template <fact Function, fact Op>
CTGRAD_RULE(examples_must_not_mix, "this op joins rows of different examples, or cannot be taken apart into examples.")
inline constexpr poison broken<fault::examples_must_not_mix, Function, Op>{};

namespace detail {

/// The gradients of each element of `L` with respect to `V...` as one graph.
template <class L, class... V>
struct make_per_example_gradients {
    static constexpr int expected_size = 32 + 6 * count_nodes(L::root());

    builder made{simplify<deferred_t<void, L>>};
    deferred_t<ref, L> loss;
    list<deferred_t<ref, L>> leaves;

    constexpr make_per_example_gradients() {
        loss = made.import(L::root());
        (leaves.push_back(made.import(V::root())), ...);
    }
    constexpr std::string_view obstacle() { return lift(loss, leaves).obstacle; }

    constexpr draft_graph gradients() {
        const lift copies(loss, leaves);
        list<ref> copied;
        for (const ref& leaf : leaves) copied.push_back(copies.copy(leaf));
        const auto total = reduce_sum(copies.copy(loss));
        return extract(made, copies.with_originals(differentiate(total, copied)));
    }
};

template <class L, class... V>
struct per_example_draft {
    static constexpr int expected_size = make_per_example_gradients<L, V...>::expected_size;
    constexpr draft_graph operator()() const { return make_per_example_gradients<L, V...>{}.gradients(); }
};

template <class L, class... V>
inline constexpr std::string_view mixing_op = make_per_example_gradients<L, V...>{}.obstacle();

/// The total whose gradient exists where those of all elements do.
template <class L>
using total_of = decltype(reduce_sum(L{}));

template <class L>
constexpr bool is_one_an_example() {
    if constexpr (is_expr<L> && L::rank == 1)
        return !L::shape()[0].is_static();
    else
        return false;
}

} // namespace detail

/// Whether `per_example_gradient(losses, v...)` exists: one loss an example, which depends on that example and on the leaves.
template <class L, class... V>
constexpr bool can_differentiate_examples() {
    if constexpr (!detail::is_one_an_example<L>())
        return false;
    else if constexpr (!detail::gradient_check<detail::total_of<L>, V...>::found.is_fine())
        return false;
    else
        return detail::mixing_op<L, V...>.empty();
}

/// The gradient of each element of `losses`, [N], with respect to leaves, as expressions keyed by leaf:
/// `per_example_gradient(losses, W, b)[W]`, in one pass. Their sum over the examples is `gradient(reduce_sum(losses), W)`.
/// @param losses one value an example, along a named dimension. Example i may depend on row i only of what has that
/// dimension, as far as it depends on the leaves.
/// @returns for each leaf an expression of shape [N, ...] followed by the leaf's shape; for a leaf that has the
/// dimension itself, of its shape.
/// **Fails when** the loss is none of that shape (`loss_must_be_one_an_example`), examples mix in an op, or choose rows of
/// what is made of a leaf (`examples_must_not_mix`), and where `gradient` does.
/// Source: reverse accumulation with a copy of the leaves for each example; jax.vmap(jax.grad(f)) is the same.
/// @see gradient
template <expression L, class... V>
constexpr auto per_example_gradient(L, V... leaves) {
    if constexpr ((detail::is_poison<L> || ... || detail::is_poison<V>))
        return poison{};
    else if constexpr (!detail::is_one_an_example<L>())
        return broken<fault::loss_must_be_one_an_example, "per_example_gradient", show([] { return phrase_of(L::shape()); })>;
    else if constexpr (!detail::gradient_check<detail::total_of<L>, V...>::found.is_fine())
        return gradient(detail::total_of<L>{}, leaves...);
    else if constexpr (!detail::mixing_op<L, V...>.empty())
        return broken<fault::examples_must_not_mix, "per_example_gradient", show([] { return detail::mixing_op<L, V...>; })>;
    else
        return detail::keyed_by<detail::per_example_draft<L, V...>, V...>();
}

} // namespace ctgrad
