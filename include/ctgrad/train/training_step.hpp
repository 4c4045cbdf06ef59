// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/plan/program.hpp>
#include <ctgrad/train/optimizer.hpp>
#include <ctgrad/train/step_parts.hpp>
#include <ctgrad/transform/gradient.hpp>

namespace ctgrad {

/// One step of training as a program: it computes `E...` and replaces variables, all planned together.
/// Run it with a `trainer`; `explain`, `figures` and `to_dot` say what it does.
template <class Program, class... E>
struct training_step {
    using program = Program;
};

/// Arguments: the leaf, what it is.
template <fact Leaf, fact Kind>
CTGRAD_RULE(update_must_be_of_a_variable, "training moves variables: ask for gradients of those alone.")
inline constexpr poison broken<fault::update_must_be_of_a_variable, Leaf, Kind>{};

/// Arguments: the variable, its shape.
template <fact Variable, fact Shape>
CTGRAD_RULE(variable_must_be_static, "a variable has static extents only: a named dimension belongs to data (placeholder).")
inline constexpr poison broken<fault::variable_must_be_static, Variable, Shape>{};

/// Arguments: the variable.
template <fact Leaf>
CTGRAD_RULE(variable_must_be_updated_once, "two parts of the step give it a value: leave it to one of them.")
inline constexpr poison broken<fault::variable_must_be_updated_once, Leaf>{};

namespace detail {

/// The results of a step, in their order.
template <class... E>
struct step_results {};

template <class... A, class... B>
constexpr step_results<A..., B...> operator+(step_results<A...>, step_results<B...>) {
    return {};
}

/// `iterations`, if anything that was made depends on it.
constexpr ref counter_in(builder& made) {
    for (int id = 0; id < made.size(); ++id)
        if (made[id].hash == decltype(iterations)::root().hash) return {&made, id};
    return {};
}

constexpr bool contains(const list<ref>& all, ref one) {
    for (const ref& each : all)
        if (each == one) return true;
    return false;
}

/// Collects the new values that `Optimizer` gives variables and slots.
template <class Optimizer>
constexpr void update_by(const list<ref>& variables, const list<ref>& gradients, list<ref>& leaves, list<ref>& values) {
    if constexpr (requires { Optimizer::update_all(variables, gradients, leaves, values); })
        Optimizer::update_all(variables, gradients, leaves, values);
    else
        for (int i = 0; i < variables.size(); ++i) {
            optimizer_step at(variables[i], gradients[i]);
            Optimizer::update(at);
            for (int k = 0; k < at.leaves.size(); ++k) {
                leaves.push_back(at.leaves[k]);
                values.push_back(at.values[k]);
            }
        }
}

/// Makes the new values of a step, and what they replace, roots behind `roots`.
template <class Optimizer, class Parts>
constexpr draft_graph with_updates(builder& made, list<ref> roots, const list<ref>& variables, const list<ref>& gradients) {
    list<ref> leaves, values;
    update_by<Optimizer>(variables, gradients, leaves, values);
    Parts::add_to(made, leaves, values);
    if (const deferred_t<ref, Optimizer> steps = counter_in(made); steps && !contains(leaves, steps)) {
        leaves.push_back(steps);
        values.push_back(steps + 1.0);
    }
    for (const ref& value : values) roots.push_back(value);
    for (const ref& leaf : leaves) roots.push_back(leaf);
    return extract(made, roots);
}

/// What `Optimizer` differentiates instead of `loss`, or works on instead of a gradient of the loss.
template <class Optimizer>
constexpr ref scaled(ref loss) {
    if constexpr (requires { Optimizer::scaled(loss); })
        return Optimizer::scaled(loss);
    else
        return loss;
}

/// Whether `Optimizer` moves the variable of that hash, if it is asked to.
template <class Optimizer>
constexpr bool moves(std::uint64_t variable) {
    if constexpr (requires { Optimizer::moves(variable); })
        return Optimizer::moves(variable);
    else
        return true;
}

/// The variables that a loss depends on through differentiable ops and that `Optimizer` moves, in the order of the graph.
template <class Optimizer>
constexpr list<ref> trainable(builder& made, int loss) {
    const list<bool> reached = reached_from(made, loss);
    list<ref> variables;
    for (int id = 0; id <= loss; ++id)
        if (reached[id] && is_variable(made[id]) && moves<Optimizer>(made[id].hash)) variables.push_back({&made, id});
    return variables;
}

template <class T>
inline constexpr bool is_gradients = false;
template <class... Pairs>
inline constexpr bool is_gradients<gradients<Pairs...>> = true;

/// What an error shows of the arguments of a function.
template <class... X>
constexpr phrase phrase_of_types() {
    return phrase_of_arguments<X...>([]<class A>(phrase& text, A*) {
        if constexpr (is_expr<A>)
            text << phrase_of(A::type(), A::shape());
        else if constexpr (optimizer<A>)
            text << "optimizer";
        else if constexpr (is_gradients<A>)
            text << "gradients";
        else
            text << (is_literal<A> || std::is_arithmetic_v<A> ? "number" : "?");
    });
}
template <class... X>
inline constexpr auto arguments_shown = show([] { return phrase_of_types<X...>(); });

/// How many roots the graph of `Make` has.
template <class Make>
inline constexpr int root_count = attempted_graph<Make, expected_size<Make>>.roots.size;

/// Whether the step that `Make` drafts changes anything but what its `parts` say and the number of steps.
template <class Make, int Room = expected_size<Make>>
constexpr bool moves_variables(int outputs, int parts) {
    constexpr const auto& made = attempted_graph<Make, Room>;
    if constexpr (made.larger() > Room)
        return moves_variables<Make, made.larger()>(outputs, parts);
    else {
        const int last = made.roots.size - 1;
        if (last < outputs) return false;
        const bool counts = made.nodes.items[made.roots.items[last]].hash == decltype(iterations)::root().hash;
        return (last + 1 - outputs) / 2 > parts + (counts ? 1 : 0);
    }
}

/// What gets two values in the step that `Make` drafts, or none.
template <class Make, int Room = expected_size<Make>>
constexpr maybe<symbol> updated_twice(int outputs) {
    constexpr const auto& made = attempted_graph<Make, Room>;
    if constexpr (made.larger() > Room)
        return updated_twice<Make, made.larger()>(outputs);
    else {
        const int count = made.roots.size, first = outputs + (count - outputs) / 2;
        for (int i = first; i < count; ++i)
            for (int j = i + 1; j < count; ++j)
                if (made.roots.items[i] == made.roots.items[j]) return *made.nodes.items[made.roots.items[i]].name;
        return {};
    }
}

/// The first variable or state of the step that `Make` drafts that has a named dimension, or none.
template <class Make, int Room = expected_size<Make>>
constexpr maybe<node> parameter_with_named_dimension() {
    constexpr const auto& made = attempted_graph<Make, Room>;
    if constexpr (made.larger() > Room)
        return parameter_with_named_dimension<Make, made.larger()>();
    else {
        for (int id = 0; id < made.nodes.size; ++id)
            if (made.nodes.items[id].op->is_parameter && !made.nodes.items[id].shape.is_static()) return made.nodes.items[id];
        return {};
    }
}
/// What is wrong with the parameters and the updates of the step that `Make` draws up, whose first roots are results.
template <class Make>
constexpr finding check_updates(int outputs) {
    if (const maybe<node> open = parameter_with_named_dimension<Make>())
        return {fault::variable_must_be_static, open->name->text, phrase_of(open->shape)};
    if (const maybe<symbol> twice = updated_twice<Make>(outputs)) return {fault::variable_must_be_updated_once, twice->text};
    return {};
}
template <class Make, int Outputs>
struct updates_check {
    static constexpr finding found = check_updates<Make>(Outputs);
};

template <class Make, class... E>
constexpr auto make_step(step_results<E...>) {
    constexpr int outputs = sizeof...(E);
    if constexpr (!updates_check<Make, outputs>::found.is_fine())
        return refuse<updates_check<Make, outputs>>();
    else
        return training_step<program<Make, outputs, (root_count<Make> - outputs) / 2>, E...>{};
}

} // namespace detail
} // namespace ctgrad
