// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/program.hpp>
#include <ctgrad/train/optimizer.hpp>
#include <ctgrad/train/step_parts.hpp>
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

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_loss_and_optimizer, "write minimize(loss, gradient_descent(0.1_c)).")
inline constexpr poison arguments_must_be_loss_and_optimizer{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_optimizer_and_gradients, "write apply_gradients(optimizer, gradient(loss, W, b)).")
inline constexpr poison arguments_must_be_optimizer_and_gradients{};

/// Arguments: the leaf, what it is.
template <fact Leaf, fact Kind>
CTGRAD_RULE(update_must_be_of_a_variable, "training moves variables: ask for gradients of those alone.")
inline constexpr poison update_must_be_of_a_variable{};

/// One step of training as a program: it computes `E...` and replaces variables, all planned together.
/// Run it with a `trainer`; `explain`, `figures` and `to_dot` say what it does.
template <class Program, class... E>
struct training_step {
    using program = Program;
};

namespace detail {

/// The results of a step, in their order.
template <class... E>
struct step_results {};

/// `iterations`, if anything that was made depends on it.
constexpr ref counter_in(builder& made) {
    for (int id = 0; id < made.size(); ++id)
        if (made[id].hash == decltype(iterations)::root().hash) return {&made, id};
    return {};
}

/// Collects the new values that `Optimizer` gives variables and slots, and makes them roots behind `roots`.
template <class Optimizer, class Parts>
constexpr draft_graph with_updates(builder& made, list<ref> roots, const list<ref>& variables, const list<ref>& gradients) {
    list<ref> leaves, values;
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
    Parts::add_to(made, leaves, values);
    if (const ref steps = counter_in(made)) {
        leaves.push_back(steps);
        values.push_back(steps + 1.0);
    }
    for (const ref& value : values) roots.push_back(value);
    for (const ref& leaf : leaves) roots.push_back(leaf);
    return extract(made, roots);
}

/// What `Optimizer` differentiates instead of `loss`.
template <class Optimizer>
constexpr ref scaled(ref loss) {
    if constexpr (requires { Optimizer::scaled(loss); })
        return Optimizer::scaled(loss);
    else
        return loss;
}

/// The variables that loss `L` depends on through differentiable ops, in the order of its graph.
constexpr list<ref> trainable(builder& made, int loss) {
    const list<bool> reached = reached_from(made, loss);
    list<ref> variables;
    for (int id = 0; id <= loss; ++id)
        if (reached[id] && is_variable(made[id])) variables.push_back({&made, id});
    return variables;
}

template <class L, class Optimizer, class Parts = step_parts<>>
struct make_minimizer {
    static constexpr int expected_size = 32 + 4 * count_nodes(L::root()) + Parts::expected_size;

    constexpr draft_graph operator()() const {
        builder made(simplify);
        const ref loss = made.import(L::root());
        const list<ref> variables = trainable(made, loss.id);
        list<ref> roots;
        roots.push_back(loss);
        return with_updates<Optimizer, Parts>(made, roots, variables, differentiate(scaled<Optimizer>(loss), variables));
    }
};

template <class Optimizer, class Parts, class Gradients, class Results>
struct make_applied;
template <class Optimizer, class Parts, class... V, class... G, class... E>
struct make_applied<Optimizer, Parts, gradients<gradient_of<V, G>...>, step_results<E...>> {
    static constexpr int expected_size = (32 + ... + count_nodes(G::root())) + (Parts::expected_size + ... + count_nodes(E::root()));

    constexpr draft_graph operator()() const {
        builder made(simplify);
        auto import = [&made]<class X>(X*) { return made.import(X::root()); };
        list<ref> roots, variables, values;
        (roots.push_back(import(static_cast<E*>(nullptr))), ...);
        (variables.push_back(import(static_cast<V*>(nullptr))), ...);
        (values.push_back(import(static_cast<G*>(nullptr))), ...);
        return with_updates<Optimizer, Parts>(made, roots, variables, values);
    }
};

template <class T>
inline constexpr bool is_gradients = false;
template <class... Pairs>
inline constexpr bool is_gradients<gradients<Pairs...>> = true;

/// What an error shows of the arguments of a function.
template <class... X>
inline constexpr auto arguments_shown = show([] {
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
});

/// What an error shows of the first of `V...` that is no variable.
template <class... V>
inline constexpr const linked_node* first_constant = [] {
    const linked_node* found = nullptr;
    ((found = found == nullptr && !is_variable(V::root()) ? &V::root() : found), ...);
    return found;
}();

/// Which leaf of `L` is a variable that has a named dimension, or -1.
template <class L>
inline constexpr int variable_with_named_dimension = [] {
    for (int i = L::root().leaf_count() - 1; i >= 0; --i)
        if (is_variable(L::root().leaf(i)) && !L::root().leaf(i).shape.is_static()) return i;
    return -1;
}();

/// Stands for an optimizer where only the loss is asked about.
struct any_optimizer {
    static constexpr void update(optimizer_step& at) { at.assign(at.variable, at.gradient); }
};

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

/// Whether `X` is a result of a step, and nothing that the step does.
template <class X>
using result_or_none = std::conditional_t<parts_in<X>::known, step_results<>, step_results<X>>;

template <class... A, class... B>
constexpr step_results<A..., B...> operator+(step_results<A...>, step_results<B...>) {
    return {};
}

template <class Make, class... E>
constexpr auto make_step(step_results<E...>) {
    constexpr int outputs = sizeof...(E);
    return training_step<program<Make, outputs, (root_count<Make> - outputs) / 2>, E...>{};
}

} // namespace detail

/// What is wrong with the arguments of `minimize`.
enum class minimize_fault : std::uint8_t { none, arguments, shape, type, named_dimension, no_variable };

template <class L, class Optimizer, class... Part>
constexpr minimize_fault minimize_fault_of() {
    if constexpr (!detail::is_expr<L> || !optimizer<Optimizer> || !(detail::parts_in<Part>::known && ...))
        return minimize_fault::arguments;
    else if constexpr (L::rank != 0)
        return minimize_fault::shape;
    else if constexpr (!is_floating(L::type()))
        return minimize_fault::type;
    else if constexpr (detail::variable_with_named_dimension<L> >= 0)
        return minimize_fault::named_dimension;
    else {
        using parts = detail::parts_of<Part...>;
        return detail::moves_variables<detail::make_minimizer<L, Optimizer, parts>>(1, parts::count) ? minimize_fault::none : minimize_fault::no_variable;
    }
}

/// Whether `minimize` takes `L` as a loss: one floating number that a differentiable path joins to a variable.
template <class L>
concept can_minimize = minimize_fault_of<std::remove_const_t<L>, detail::any_optimizer>() == minimize_fault::none;

/// One step of training that lowers `loss`: the gradients to all variables of the loss, and what
/// `optimizer` makes of them. Running it (`trainer`) gives the loss before the step.
/// @param parts what the step does besides: `assign(v, e)`, or tuples of them, such as a model's `updates(x)`.
/// **Fails when** the loss is no scalar (`loss_must_be_scalar`), depends on no variable
/// (`loss_must_have_a_variable`), or a variable has a named dimension (`variable_must_be_static`).
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
        return variable_must_be_static<show([] { return L::root().leaf(detail::variable_with_named_dimension<L>).name->text; }),
                                       show([] { return phrase_of(L::root().leaf(detail::variable_with_named_dimension<L>).shape); })>;
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
        return update_must_be_of_a_variable<show([] { return detail::first_constant<V...>->name->text; }),
                                            show([] { return detail::name_clash::shown(*detail::first_constant<V...>); })>;
    else {
        using results = decltype((detail::step_results<>{} + ... + detail::result_or_none<More>{}));
        return detail::make_step<detail::make_applied<Optimizer, detail::parts_of<More...>, gradients<detail::gradient_of<V, G>...>, results>>(results{});
    }
}
template <class... X>
constexpr auto apply_gradients(X...) {
    if constexpr ((detail::is_poison<X> || ...))
        return poison{};
    else
        return arguments_must_be_optimizer_and_gradients<"apply_gradients", detail::arguments_shown<X...>>;
}

} // namespace ctgrad
