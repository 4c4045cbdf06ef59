// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/training_step.hpp>

namespace ctgrad {

/// Arguments: what the function was given.
template <fact Given>
CTGRAD_RULE(arguments_must_be_steps, "write together(minimize(loss, group(adam(), W)), minimize(other, group(sgd(), V))).")
inline constexpr poison broken<fault::arguments_must_be_steps, Given>{};

namespace detail {

/// The nodes of `from`, a graph that names its inputs by their places, in `into`.
constexpr list<ref> imported(builder& into, graph_view from) {
    list<ref> made;
    for (int id = 0; id < from.size; ++id) {
        const node& n = from[id];
        ref inputs[max_arity]{};
        for (int k = 0; k < n.op->arity; ++k) inputs[k] = made[n.inputs[k]];
        made.push_back(into.add(*n.op, n, inputs));
    }
    return made;
}

template <class... P>
struct make_together {
    static constexpr int expected_size = (0 + ... + P::graph().size);

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, make_together>>);
        list<ref> roots, values, leaves;
        (add(made, P::source(), roots, values, leaves), ...);
        for (const ref& value : values) roots.push_back(value);
        for (const ref& leaf : leaves) roots.push_back(leaf);
        return extract(made, roots);
    }

private:
    /// The number of steps is counted once.
    static constexpr void add(builder& made, program_graph step, list<ref>& roots, list<ref>& values, list<ref>& leaves) {
        const list<ref> nodes = imported(made, step.graph);
        const auto root = [&](int r) { return nodes[step.graph.roots[r]]; };
        for (int r = 0; r < step.outputs; ++r) roots.push_back(root(r));
        for (int r = step.outputs; r < step.outputs + step.updates; ++r) {
            const ref leaf = root(r + step.updates);
            if (leaf->hash == decltype(iterations)::root().hash && contains(leaves, leaf)) continue;
            values.push_back(root(r));
            leaves.push_back(leaf);
        }
    }
};

template <class... P>
struct step_programs {
    using make = make_together<P...>;
};
template <class... A, class... B>
constexpr step_programs<A..., B...> operator+(step_programs<A...>, step_programs<B...>) {
    return {};
}

/// A step as its program and its results.
template <class T>
struct step_facts {
    static constexpr bool known = false;
    using program = step_programs<>;
    using results = step_results<>;
};
template <class P, class... E>
struct step_facts<training_step<P, E...>> {
    static constexpr bool known = true;
    using program = step_programs<P>;
    using results = step_results<E...>;
};

} // namespace detail

/// Several steps as one, planned together: `together(minimize(a, group(adam(), W)), minimize(b, group(sgd(), V)))`. All of them
/// see the values before it; its results are those of each in their order.
/// **Fails when** an argument is no step (`arguments_must_be_steps`), or two of them move one variable
/// (`variable_must_be_updated_once`).
template <class... Step>
constexpr auto together(Step...) {
    using results = decltype((detail::step_results<>{} + ... + typename detail::step_facts<Step>::results{}));
    using make = typename decltype((detail::step_programs<>{} + ... + typename detail::step_facts<Step>::program{}))::make;
    if constexpr ((detail::is_poison<Step> || ...))
        return poison{};
    else if constexpr (!(detail::step_facts<Step>::known && ...))
        return broken<fault::arguments_must_be_steps, detail::arguments_shown<Step...>>;
    else
        return detail::make_step<make>(results{});
}

/// Whether `together(steps...)` exists, but for variables that two of them move.
template <class... Step>
concept can_join = (detail::step_facts<std::remove_const_t<Step>>::known && ...);

} // namespace ctgrad
