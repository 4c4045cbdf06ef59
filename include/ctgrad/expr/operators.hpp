// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/ref.hpp>

namespace ctgrad {

struct expr_base;

/// An expression, a number such as `0.5_c`, or the result of a mistake that was already reported.
template <class T>
concept expression = std::derived_from<T, expr_base>;

/// Data of a call, which has no place in an expression: let in only to be told its place.
template <class T>
concept data_like = !operand<T> && (std::is_pointer_v<T> || requires(const T& data) {
    data.data();
    data.size();
});

/// What may be written beside an expression.
template <class T>
concept operand_or_mistake = operand_or_number<T> || data_like<T>;

/// Operands of which one is an expression and none a node.
template <class... X>
concept with_expression = (operand_or_mistake<X> && ...) && (expression<X> || ...) && !with_node<X...>;

/// Applies `Op` to expressions.
template <class Op, class Options = no_options, class... X>
    requires with_expression<X...>
constexpr auto apply(X... x);

/// The base of expressions; it brings their operators into argument-dependent look-up.
struct expr_base : operand_base {
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator+(A a, B b) {
        return apply<add_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator-(A a, B b) {
        return apply<subtract_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator*(A a, B b) {
        return apply<multiply_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator/(A a, B b) {
        return apply<divide_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator==(A a, B b) {
        return apply<equal_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator!=(A a, B b) {
        return apply<not_equal_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator<(A a, B b) {
        return apply<less_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator<=(A a, B b) {
        return apply<less_equal_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator>(A a, B b) {
        return apply<greater_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator>=(A a, B b) {
        return apply<greater_equal_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator&&(A a, B b) {
        return apply<logical_and_op>(a, b);
    }
    template <class A, class B>
        requires with_expression<A, B>
    friend constexpr auto operator||(A a, B b) {
        return apply<logical_or_op>(a, b);
    }
    template <expression A>
    friend constexpr auto operator-(A a) {
        return apply<negative_op>(a);
    }
    template <expression A>
    friend constexpr auto operator!(A a) {
        return apply<logical_not_op>(a);
    }
};

} // namespace ctgrad
