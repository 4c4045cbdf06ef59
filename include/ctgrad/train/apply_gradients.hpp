// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/train/training_step.hpp>

namespace ctgrad {

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_optimizer_and_gradients, "write apply_gradients(optimizer, gradient(loss, W, b)).")
inline constexpr poison broken<fault::arguments_must_be_optimizer_and_gradients, Function, Given>{};

namespace detail {

template <class Optimizer, class Parts, class Gradients, class Results>
struct make_applied;
template <class Optimizer, class Parts, class... V, class... G, class... E>
struct make_applied<Optimizer, Parts, gradients<gradient_of<V, G>...>, step_results<E...>> {
    static constexpr int expected_size = (32 + ... + count_nodes(G::root())) + (Parts::expected_size + ... + count_nodes(E::root()));

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, Optimizer>>);
        auto import = [&made]<class X>(X*) { return made.import(X::root()); };
        list<ref> roots, variables, values;
        (roots.push_back(import(static_cast<E*>(nullptr))), ...);
        (variables.push_back(import(static_cast<V*>(nullptr))), ...);
        (values.push_back(import(static_cast<G*>(nullptr))), ...);
        return with_updates<Optimizer, Parts>(made, roots, variables, values);
    }
};

/// What an error shows of the first of `V...` that is no variable.
template <class... V>
inline constexpr maybe<linked_node> first_constant = [] {
    maybe<linked_node> found;
    ((found = !found && !is_variable(V::root()) ? maybe<linked_node>(V::root()) : found), ...);
    return found;
}();

/// Whether `X` is a result of a step, and nothing that the step does.
template <class X>
using result_or_none = std::conditional_t<parts_in<X>::known, step_results<>, step_results<X>>;

} // namespace detail

/// Whether `apply_gradients` takes `Gradients`: what `gradient` gives, all with respect to variables.
template <class Gradients>
inline constexpr bool can_apply = false;
template <class... V, class... G>
inline constexpr bool can_apply<gradients<detail::gradient_of<V, G>...>> = (is_variable(V::root()) && ...);
template <class Gradients>
inline constexpr bool can_apply<const Gradients> = can_apply<Gradients>;

/// One step of training with gradients of your own making: `apply_gradients(optimizer, grads, loss)`. Each
/// gradient belongs to its variable; `more...` are results that are computed along with it, from the values before
/// the step, and what the step does besides, as of `minimize`.
/// **Fails when** the gradients are not what `gradient` gives (`arguments_must_be_optimizer_and_gradients`), or
/// one is with respect to something else than a variable (`update_must_be_of_a_variable`).
template <class Optimizer, class... V, class... G, class... More>
    requires(optimizer<Optimizer> && ... && (expression<More> || detail::parts_in<More>::known))
constexpr auto apply_gradients(Optimizer, gradients<detail::gradient_of<V, G>...>, More...) {
    if constexpr ((detail::is_poison<More> || ...))
        return poison{};
    else if constexpr (!can_apply<gradients<detail::gradient_of<V, G>...>>)
        return broken<fault::update_must_be_of_a_variable, show([] { return detail::first_constant<V...>->name->text; }),
                      show([] { return detail::leaf_shown(*detail::first_constant<V...>); })>;
    else {
        using results = decltype((detail::step_results<>{} + ... + detail::result_or_none<More>{}));
        return detail::make_step<
            detail::make_applied<Optimizer, detail::parts_of<More...>, gradients<detail::gradient_of<V, G>...>, results>>(results{});
    }
}
template <class... X>
constexpr auto apply_gradients(X...) {
    if constexpr ((detail::is_poison<X> || ...))
        return poison{};
    else
        return broken<fault::arguments_must_be_optimizer_and_gradients, "apply_gradients", detail::arguments_shown<X...>>;
}

} // namespace ctgrad
