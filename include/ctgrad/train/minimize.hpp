// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/train/training_step.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_have_a_variable, "there is nothing to train: no differentiable path leads from a variable to the loss.")
inline constexpr poison broken<fault::loss_must_have_a_variable, Function, Loss>{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_loss_and_optimizer, "write minimize(loss, gradient_descent(0.1_c)).")
inline constexpr poison broken<fault::arguments_must_be_loss_and_optimizer, Function, Given>{};

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

/// What is wrong with the step that `Make` draws up, in which `Optimizer` lowers `L`: it has `Outputs` results, and `Updates` new values
/// beside those of the optimizer.
template <class Make, class L, class Optimizer, int Outputs, int Updates>
constexpr finding check_step(std::string_view function) {
    if constexpr (constexpr finding updates = check_updates<Make>(Outputs); !updates.is_fine())
        return updates;
    else if constexpr (constexpr maybe<symbol> vain = named_in_vain<L, Optimizer>; !!vain)
        return {fault::loss_must_depend_on_variable, vain->text};
    else if constexpr (!moves_variables<Make>(Outputs, Updates))
        return {fault::loss_must_have_a_variable, function, phrase_of(L::shape())};
    else
        return {};
}

/// What is wrong with the arguments of `minimize`.
template <class L, class Optimizer, class... Part>
struct minimize_check {
    static constexpr finding found = [] {
        if constexpr (is_poison<L> || (is_poison<Optimizer> || ... || is_poison<Part>))
            return finding(fault::reported);
        else if constexpr (!is_expr<L> || !optimizer<Optimizer> || !(parts_in<Part>::known && ...))
            return finding(fault::arguments_must_be_loss_and_optimizer, "minimize", phrase_of_types<L, Optimizer, Part...>());
        else if constexpr (constexpr finding loss = check_loss<L>("minimize"); !loss.is_fine())
            return loss;
        else {
            using parts = parts_of<Part...>;
            return check_step<make_minimizer<L, Optimizer, parts>, L, Optimizer, 1, parts::count>("minimize");
        }
    }();
};

} // namespace detail

/// Whether `minimize` takes `L` as a loss: one floating number that a differentiable path joins to a variable. And whether it takes
/// the other arguments, if there are any.
template <class L, class Optimizer = detail::any_optimizer, class... Part>
concept can_minimize =
    detail::minimize_check<std::remove_const_t<L>, std::remove_const_t<Optimizer>, std::remove_const_t<Part>...>::found.is_fine();

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
    using check = detail::minimize_check<L, Optimizer, Part...>;
    if constexpr (!check::found.is_fine())
        return refuse<check>();
    else
        return detail::make_step<detail::make_minimizer<L, Optimizer, detail::parts_of<Part...>>>(detail::step_results<L>{});
}
template <class L>
constexpr auto minimize(L) {
    if constexpr (detail::is_poison<L>)
        return poison{};
    else
        return broken<fault::arguments_must_be_loss_and_optimizer, "minimize", detail::arguments_shown<L>>;
}

} // namespace ctgrad
