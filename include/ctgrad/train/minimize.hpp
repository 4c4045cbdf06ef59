// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/program.hpp>
#include <ctgrad/train/optimizer.hpp>
#include <ctgrad/transform/gradient.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_have_a_variable, "there is nothing to train: no differentiable path leads from a variable to the loss.")
inline constexpr poison loss_must_have_a_variable{};

/// Arguments: the variable, its shape.
template <fact Variable, fact Shape>
CTGRAD_RULE(variable_must_be_static, "a variable has static extents only: a named dimension belongs to data (placeholder).")
inline constexpr poison variable_must_be_static{};

/// One step of training as a program: it computes `E...` and replaces variables, all planned together.
/// Run it with a `trainer`; `explain`, `figures` and `to_dot` say what it does.
template <class Program, class... E>
struct training_step {
    using program = Program;
};

namespace detail {

/// Collects the new values that `Optimizer` gives variables and slots, and makes them roots behind `roots`.
template <class Optimizer>
constexpr draft_graph with_updates(builder& made, list<ref> roots, const list<ref>& variables, const list<ref>& gradients) {
    list<ref> leaves;
    for (int i = 0; i < variables.size(); ++i) {
        optimizer_step at(variables[i], gradients[i]);
        Optimizer::update(at);
        for (int k = 0; k < at.leaves.size(); ++k) {
            roots.push_back(at.values[k]);
            leaves.push_back(at.leaves[k]);
        }
    }
    for (const ref& leaf : leaves) roots.push_back(leaf);
    return extract(made, roots);
}

/// The variables that loss `L` depends on through differentiable ops, in the order of its graph.
constexpr list<ref> trainable(builder& made, int loss) {
    const list<bool> reached = reached_from(made, loss);
    list<ref> variables;
    for (int id = 0; id <= loss; ++id)
        if (reached[id] && is_variable(made[id])) variables.push_back({&made, id});
    return variables;
}

template <class L, class Optimizer>
struct make_minimizer {
    static constexpr int expected_size = 32 + 4 * count_nodes(L::root());

    constexpr draft_graph operator()() const {
        builder made(simplify);
        const ref loss = made.import(L::root());
        const list<ref> variables = trainable(made, loss.id);
        list<ref> roots;
        roots.push_back(loss);
        return with_updates<Optimizer>(made, roots, variables, differentiate(loss, variables));
    }
};

template <class Optimizer, class Gradients, class... E>
struct make_applied;
template <class Optimizer, class... V, class... G, class... E>
struct make_applied<Optimizer, gradients<gradient_of<V, G>...>, E...> {
    static constexpr int expected_size = (32 + ... + count_nodes(G::root())) + (0 + ... + count_nodes(E::root()));

    constexpr draft_graph operator()() const {
        builder made(simplify);
        auto import = [&made]<class X>(X*) { return made.import(X::root()); };
        list<ref> roots, variables, values;
        (roots.push_back(import(static_cast<E*>(nullptr))), ...);
        (variables.push_back(import(static_cast<V*>(nullptr))), ...);
        (values.push_back(import(static_cast<G*>(nullptr))), ...);
        return with_updates<Optimizer>(made, roots, variables, values);
    }
};

/// Which leaf of `L` is a variable that has a named dimension, or -1.
template <class L>
inline constexpr int variable_with_named_dimension = [] {
    for (int i = L::root().leaf_count() - 1; i >= 0; --i)
        if (is_variable(L::root().leaf(i)) && !L::root().leaf(i).shape.is_static()) return i;
    return -1;
}();

/// How many roots the graph of `Make` has.
template <class Make>
inline constexpr int root_count = attempted_graph<Make, expected_size<Make>>.roots.size;

template <class Make, class... E>
constexpr auto make_step(Make) {
    constexpr int outputs = sizeof...(E);
    return training_step<program<Make, outputs, (root_count<Make> - outputs) / 2>, E...>{};
}

} // namespace detail

/// One step of training that lowers `loss`: the gradients to all variables of the loss, and what
/// `optimizer` makes of them. Running it (`trainer`) gives the loss before the step.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`), depends on no variable
/// (`loss_must_have_a_variable`), or a variable has a named dimension (`variable_must_be_static`).
/// Source: `tf.compat.v1.train.Optimizer.minimize`, which however accepts a loss of any shape.
template <expression L, class Optimizer>
constexpr auto minimize(L, Optimizer) {
    if constexpr (detail::is_poison<L> || detail::is_poison<Optimizer>)
        return poison{};
    else if constexpr (L::rank != 0)
        return loss_must_be_scalar<"minimize", show([] { return phrase_of(L::shape()); })>;
    else if constexpr (!is_floating(L::type()))
        return loss_must_be_floating<"minimize", show([] { return name_of(L::type()); })>;
    else if constexpr (detail::variable_with_named_dimension<L> >= 0)
        return variable_must_be_static<show([] { return L::root().leaf(detail::variable_with_named_dimension<L>).name->text; }),
                                       show([] { return phrase_of(L::root().leaf(detail::variable_with_named_dimension<L>).shape); })>;
    else if constexpr (detail::root_count<detail::make_minimizer<L, Optimizer>> == 1)
        return loss_must_have_a_variable<"minimize", show([] { return phrase_of(L::shape()); })>;
    else
        return detail::make_step<detail::make_minimizer<L, Optimizer>, L>({});
}

/// One step of training with gradients of your own making: `apply_gradients(optimizer, grads, loss)`. Each
/// gradient belongs to its variable; `results...` are computed along with it, from the values before the step.
template <class Optimizer, class... Pairs, expression... E>
constexpr auto apply_gradients(Optimizer, gradients<Pairs...>, E...) {
    if constexpr ((detail::is_poison<E> || ...))
        return poison{};
    else
        return detail::make_step<detail::make_applied<Optimizer, gradients<Pairs...>, E...>, E...>({});
}
template <class Optimizer, expression... E>
constexpr poison apply_gradients(Optimizer, poison, E...) {
    return {};
}

} // namespace ctgrad
