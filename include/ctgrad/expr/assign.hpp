// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

/// Arguments: the leaf, what it is.
template <fact Leaf, fact Kind>
CTGRAD_RULE(assignment_must_be_to_a_variable, "a step replaces variables, slots and states: name one of those.")
inline constexpr poison assignment_must_be_to_a_variable{};

/// Arguments: the leaf, its dtype and shape, those of the value.
template <fact Leaf, fact Type, fact Value>
CTGRAD_RULE(assignment_must_fit_variable, "give it a value of its dtype and shape: cast, reshape or broadcast_to.")
inline constexpr poison assignment_must_fit_variable{};

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

/// What an error shows of what is assigned to: a leaf's name, or an op.
template <class E>
inline constexpr auto target_shown = show([] {
    if constexpr (leaf_expression<E>)
        return E::root().name->text;
    else
        return phrase("no variable");
});

template <class E>
constexpr std::string_view op_of() {
    if constexpr (is_expr<E>)
        return E::root().op->name;
    else
        return "number";
}

} // namespace detail

/// What is wrong with an assignment.
enum class assignment_fault : std::uint8_t { none, poison, no_variable, misfit };

template <class Leaf, class Value>
constexpr assignment_fault assignment_fault_of() {
    if constexpr (detail::is_poison<Leaf> || detail::is_poison<Value>)
        return assignment_fault::poison;
    else if constexpr (!leaf_expression<Leaf>)
        return assignment_fault::no_variable;
    else if constexpr (!Leaf::root().op->is_parameter)
        return assignment_fault::no_variable;
    else if constexpr (detail::is_literal<Value>)
        return assignment_fault::none;
    else
        return Leaf::type() == Value::type() && Leaf::shape() == Value::shape() ? assignment_fault::none : assignment_fault::misfit;
}

/// Whether `assign(leaf, value)` exists.
template <class Leaf, class Value>
concept can_assign = assignment_fault_of<std::remove_const_t<Leaf>, std::remove_const_t<Value>>() == assignment_fault::none;

namespace detail {

/// Says what is wrong with an assignment.
template <class Leaf, class Value>
constexpr auto refuse_assignment() {
    constexpr assignment_fault fault = assignment_fault_of<Leaf, Value>();
    if constexpr (fault == assignment_fault::poison)
        return poison{};
    else if constexpr (fault == assignment_fault::no_variable)
        return assignment_must_be_to_a_variable<target_shown<Leaf>, show([] { return op_of<Leaf>(); })>;
    else
        return assignment_must_fit_variable<target_shown<Leaf>, show([] { return phrase_of(Leaf::type(), Leaf::shape()); }),
                                            show([] { return phrase_of(Value::type(), Value::shape()); })>;
}

} // namespace detail

/// A variable's new value in a training step: `minimize(loss, adam(), assign(count, count + 1_c))`. Everything in
/// the value is as of before the step; a number fills the variable.
/// **Fails when** `Leaf` is nothing that is kept from step to step (`assignment_must_be_to_a_variable`), or the
/// dtypes or shapes differ (`assignment_must_fit_variable`).
template <expression Leaf, operand Value>
constexpr auto assign(Leaf, Value) {
    if constexpr (assignment_fault_of<Leaf, Value>() != assignment_fault::none)
        return detail::refuse_assignment<Leaf, Value>();
    else
        return assignment<Leaf, Value>{};
}

/// Keeps a variable within bounds: behind its update a step applies `constraint`, any callable `w -> expression`
/// of its shape and dtype, `minimize(loss, adam(), constrain(W, max_norm(2_c)))`.
/// **Fails when** as `assign(leaf, constraint(leaf))` would.
template <expression Leaf, class Constraint>
constexpr auto constrain(Leaf, Constraint) {
    using value = decltype(Constraint{}(Leaf{}));
    if constexpr (assignment_fault_of<Leaf, value>() != assignment_fault::none)
        return detail::refuse_assignment<Leaf, value>();
    else
        return constrained<Leaf, Constraint>{};
}

} // namespace ctgrad
