// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

/// Arguments: the leaf, what it is.
template <fact Leaf, fact Kind>
CTGRAD_RULE(assignment_must_be_to_a_variable, "a step replaces variables, slots and states: name one of those.")
inline constexpr poison broken<fault::assignment_must_be_to_a_variable, Leaf, Kind>{};

/// Arguments: the leaf, its dtype and shape, those of the value.
template <fact Leaf, fact Type, fact Value>
CTGRAD_RULE(assignment_must_fit_variable, "give it a value of its dtype and shape: cast, reshape or broadcast_to.")
inline constexpr poison broken<fault::assignment_must_fit_variable, Leaf, Type, Value>{};

/// `Leaf` gets the value that `Value` has before the step.
template <class Leaf, class Value>
struct assignment {
    using leaf = Leaf;
    using value = Value;
};

/// `Leaf` gets what `Constraint` makes of the value that the step gives it.
template <class Leaf, class Constraint>
struct constrained {
    using leaf = Leaf;
    using constraint = Constraint;
};

namespace detail {

/// That `E` is nothing that a step replaces.
template <class E>
constexpr finding no_variable(fault broken) {
    if constexpr (leaf_expression<E>)
        return {broken, E::root().name->text, E::root().op->name};
    else if constexpr (is_expr<E>)
        return {broken, "no variable", E::root().op->name};
    else
        return {broken, "no variable", "number"};
}

/// What is wrong with assigning a `Value` to `Leaf`.
template <class Leaf, class Value>
constexpr finding check_assignment() {
    if constexpr (is_poison<Leaf> || is_poison<Value>)
        return fault::reported;
    else if constexpr (!leaf_expression<Leaf>)
        return no_variable<Leaf>(fault::assignment_must_be_to_a_variable);
    else {
        const linked_node& leaf = Leaf::root();
        if (!leaf.op->is_parameter) return no_variable<Leaf>(fault::assignment_must_be_to_a_variable);
        if constexpr (!is_literal<Value>)
            if (leaf.type != Value::type() || !(leaf.shape == Value::shape()))
                return {fault::assignment_must_fit_variable, leaf.name->text, phrase_of(leaf.type, leaf.shape),
                        phrase_of(Value::type(), Value::shape())};
        return {};
    }
}
template <class Leaf, class Value>
struct assignment_check {
    static constexpr finding found = check_assignment<Leaf, Value>();
};

} // namespace detail

/// Whether `assign(leaf, value)` exists.
template <class Leaf, class Value>
concept can_assign = detail::assignment_check<std::remove_const_t<Leaf>, std::remove_const_t<Value>>::found.is_fine();

/// A variable's new value in a training step: `minimize(loss, adam(), assign(count, count + 1_c))`. Everything in
/// the value is as of before the step; a number fills the variable.
/// **Fails when** `Leaf` is nothing that is kept from step to step (`assignment_must_be_to_a_variable`), or the
/// dtypes or shapes differ (`assignment_must_fit_variable`).
template <expression Leaf, operand Value>
constexpr auto assign(Leaf, Value) {
    if constexpr (!detail::assignment_check<Leaf, Value>::found.is_fine())
        return refuse<detail::assignment_check<Leaf, Value>>();
    else
        return assignment<Leaf, Value>{};
}

/// Keeps a variable within bounds: behind its update a step applies `constraint`, any callable `w -> expression`
/// of its shape and dtype, `minimize(loss, adam(), constrain(W, max_norm(2_c)))`.
/// **Fails when** as `assign(leaf, constraint(leaf))` would.
template <expression Leaf, class Constraint>
constexpr auto constrain(Leaf, Constraint) {
    using value = decltype(Constraint{}(Leaf{}));
    if constexpr (!detail::assignment_check<Leaf, value>::found.is_fine())
        return refuse<detail::assignment_check<Leaf, value>>();
    else
        return constrained<Leaf, Constraint>{};
}

} // namespace ctgrad
