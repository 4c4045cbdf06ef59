// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/train/training_step.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_have_a_variable, "there is nothing to train: no differentiable path leads from a variable to the loss.")
inline constexpr poison loss_must_have_a_variable{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_loss_and_optimizer, "write minimize(loss, gradient_descent(0.1_c)).")
inline constexpr poison arguments_must_be_loss_and_optimizer{};

namespace detail {

template <class L, class Optimizer, class Parts = step_parts<>>
struct make_minimizer {
    static constexpr int expected_size = 32 + 4 * count_nodes(L::root()) + Parts::expected_size;

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, L>>);
        const ref loss = made.import(L::root());
        const list<ref> variables = trainable<Optimizer>(made, loss.id);
        list<ref> roots;
        roots.push_back(loss);
        return with_updates<Optimizer, Parts>(made, roots, variables, differentiate(scaled<Optimizer>(loss), variables));
    }
};

/// The first variable that `Optimizer` names and that no differentiable path joins to loss `L`.
template <class L, class Optimizer>
inline constexpr maybe<symbol> named_in_vain = [] {
    maybe<symbol> found;
    if constexpr (requires { Optimizer::named(); }) {
        builder made(simplify<deferred_t<void, L>>);
        const ref loss = made.import(L::root());
        const list<ref> variables = trainable<Optimizer>(made, loss.id);
        for (const linked_node* each : Optimizer::named())
            if (!found && !contains(variables, made.import(*each))) found = *each->name;
    }
    return found;
}();

/// Stands for an optimizer where only the loss is asked about.
struct any_optimizer {
    static constexpr void update(optimizer_step& at) { at.assign(at.variable, at.gradient); }
};

} // namespace detail

/// What is wrong with the arguments of `minimize`.
enum class minimize_fault : std::uint8_t { none, arguments, shape, type, named_dimension, no_variable, not_joined, updated_twice };

template <class L, class Optimizer, class... Part>
constexpr minimize_fault minimize_fault_of() {
    if constexpr (!detail::is_expr<L> || !optimizer<Optimizer> || !(detail::parts_in<Part>::known && ...))
        return minimize_fault::arguments;
    else if constexpr (L::rank != 0)
        return minimize_fault::shape;
    else if constexpr (!is_floating(L::type()))
        return minimize_fault::type;
    else if constexpr (detail::parameter_with_named_dimension<detail::make_minimizer<L, Optimizer, detail::parts_of<Part...>>>())
        return minimize_fault::named_dimension;
    else if constexpr (!!detail::named_in_vain<L, Optimizer>)
        return minimize_fault::not_joined;
    else {
        using parts = detail::parts_of<Part...>;
        using make = detail::make_minimizer<L, Optimizer, parts>;
        if (!detail::moves_variables<make>(1, parts::count)) return minimize_fault::no_variable;
        return detail::updated_twice<make>(1) ? minimize_fault::updated_twice : minimize_fault::none;
    }
}

/// Whether `minimize` takes `L` as a loss: one floating number that a differentiable path joins to a variable.
template <class L>
concept can_minimize = minimize_fault_of<std::remove_const_t<L>, detail::any_optimizer>() == minimize_fault::none;

/// One step of training that lowers `loss`: the gradients to all variables of the loss, and what
/// `optimizer` makes of them. Running it (`trainer`) gives the loss before the step.
/// @param optimizer for all variables, or `groups(group(adam(), W), sgd())`.
/// @param parts what the step does besides: `assign(v, e)`, or tuples of them, such as a model's `updates(x)`.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`), depends on no variable
/// (`loss_must_have_a_variable`) or not on one that a `group` names (`loss_must_depend_on_variable`), something gets two values
/// (`variable_must_be_updated_once`), or a variable has a named dimension (`variable_must_be_static`).
/// Source: `tf.compat.v1.train.Optimizer.minimize`, which however accepts a loss of any shape.
template <class L, class Optimizer, class... Part>
constexpr auto minimize(L, Optimizer, Part...) {
    constexpr minimize_fault fault = minimize_fault_of<L, Optimizer, Part...>();
    if constexpr (detail::is_poison<L> || (detail::is_poison<Optimizer> || ... || detail::is_poison<Part>))
        return poison{};
    else if constexpr (fault == minimize_fault::arguments)
        return arguments_must_be_loss_and_optimizer<"minimize", detail::arguments_shown<L, Optimizer, Part...>>;
    else if constexpr (fault == minimize_fault::shape)
        return loss_must_be_scalar<"minimize", show([] { return phrase_of(L::shape()); })>;
    else if constexpr (fault == minimize_fault::type)
        return loss_must_be_floating<"minimize", show([] { return name_of(L::type()); })>;
    else if constexpr (fault == minimize_fault::named_dimension)
        return detail::refuse_named_dimension<detail::make_minimizer<L, Optimizer, detail::parts_of<Part...>>>();
    else if constexpr (fault == minimize_fault::not_joined)
        return loss_must_depend_on_variable<show([] { return detail::named_in_vain<L, Optimizer>->text; })>;
    else if constexpr (fault == minimize_fault::no_variable)
        return loss_must_have_a_variable<"minimize", show([] { return phrase_of(L::shape()); })>;
    else
        return detail::make_step<detail::make_minimizer<L, Optimizer, detail::parts_of<Part...>>>(detail::step_results<L>{});
}
template <class L>
constexpr auto minimize(L) {
    if constexpr (detail::is_poison<L>)
        return poison{};
    else
        return arguments_must_be_loss_and_optimizer<"minimize", detail::arguments_shown<L>>;
}

} // namespace ctgrad
