// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/assign.hpp>
#include <ctgrad/expr/node_context.hpp>
#include <ctgrad/ops/stop_gradient.hpp>

#include <boost/hana/tuple.hpp>

namespace ctgrad::detail {

/// How many nodes `X` has; a number has one.
template <class X>
constexpr int nodes_of() {
    if constexpr (is_expr<X>)
        return count_nodes(X::root());
    else
        return 1;
}

/// `x` as the result of a loop: other variables are copied while nothing has changed.
constexpr ref computed(auto x) { return x->op->kind == op_kind::elementwise ? x : apply<stop_gradient_op>(attributes{}, x); }

template <class Leaf, class Value>
constexpr void add_part(assignment<Leaf, Value>, builder& made, list<ref>& leaves, list<ref>& values) {
    leaves.push_back(made.import(Leaf::root()));
    if constexpr (is_literal<Value>)
        values.push_back(constant(made, Value::value, Leaf::type(), Leaf::shape()));
    else
        values.push_back(computed(made.import(Value::root())));
}

template <class Leaf, class Constraint>
constexpr void add_part(constrained<Leaf, Constraint>, builder& made, list<ref>& leaves, list<ref>& values) {
    const ref leaf = made.import(Leaf::root());
    for (int i = 0; i < leaves.size(); ++i)
        if (leaves[i] == leaf) values[i] = Constraint{}(values[i]);
}

/// How many variables a part changes, and about how many nodes it has.
template <class Part>
struct part_size;
template <class Leaf, class Value>
struct part_size<assignment<Leaf, Value>> {
    static constexpr int variables = 1, nodes = 3 + nodes_of<Value>();
};
template <class Leaf, class Constraint>
struct part_size<constrained<Leaf, Constraint>> {
    static constexpr int variables = 0, nodes = 16;
};

/// What a step does besides what its optimizer does.
template <class... Part>
struct step_parts {
    static constexpr int count = (0 + ... + part_size<Part>::variables);
    static constexpr int expected_size = (0 + ... + part_size<Part>::nodes);

    static constexpr void add_to(builder& made, list<ref>& leaves, list<ref>& values) { (add_part(Part{}, made, leaves, values), ...); }
};

template <class... A, class... B>
constexpr step_parts<A..., B...> operator+(step_parts<A...>, step_parts<B...>) {
    return {};
}

/// The parts that an argument of `minimize` or `apply_gradients` brings: itself, or those in a tuple.
template <class X>
struct parts_in {
    static constexpr bool known = false;
    using type = step_parts<>;
};
template <class Leaf, class Value>
struct parts_in<assignment<Leaf, Value>> {
    static constexpr bool known = true;
    using type = step_parts<assignment<Leaf, Value>>;
};
template <class Leaf, class Constraint>
struct parts_in<constrained<Leaf, Constraint>> {
    static constexpr bool known = true;
    using type = step_parts<constrained<Leaf, Constraint>>;
};
template <class... X>
struct parts_in<boost::hana::tuple<X...>> {
    static constexpr bool known = (parts_in<X>::known && ...);
    using type = decltype((step_parts<>{} + ... + typename parts_in<X>::type{}));
};
template <class... X>
using parts_of = decltype((step_parts<>{} + ... + typename parts_in<X>::type{}));

} // namespace ctgrad::detail
