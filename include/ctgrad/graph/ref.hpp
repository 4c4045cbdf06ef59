// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/node.hpp>
#include <ctgrad/graph/operator_ops.hpp>

#include <concepts>
#include <type_traits>

namespace ctgrad {

class builder;
struct ref;

/// The base of what the functions of this library take.
struct operand_base {};

/// An expression, a number such as `0.5_c`, or inside a derivative rule a node of a graph under
/// construction.
template <class T>
concept operand = std::derived_from<T, operand_base>;

/// An operand or a bare number. Beside a node a number is a constant; beside an expression it is
/// let in only to be told how to write it.
template <class T>
concept operand_or_number = operand<T> || std::is_arithmetic_v<T>;

/// Operands of which one is a node: the result is a node.
template <class... X>
concept with_node = (operand_or_number<X> && ...) && (std::same_as<X, ref> || ...);

struct no_options;

/// Applies `Op` to nodes; defined in the layer expr, since expressions may stand among them.
template <class Op, class Options = no_options, class... X>
    requires with_node<X...>
constexpr ref apply(X... x);

/// A node under construction; operators on it append nodes to the same builder.
struct ref : operand_base {
    builder* graph = nullptr;
    int id = -1;

    constexpr ref() = default;
    constexpr ref(builder* in, int node_id) : graph(in), id(node_id) {}

    /// Whether there is a node; so `!`, `&&` and `||` are C++'s here and build nothing.
    constexpr explicit operator bool() const { return id >= 0; }
    constexpr const node& operator*() const;
    constexpr const node* operator->() const;
    constexpr ref input(int i) const;
    constexpr tensor_shape shape() const;

    /// Whether both are the same node.
    friend constexpr bool operator==(const ref& a, const ref& b) { return a.id == b.id; }

    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator+(A a, B b) {
        return apply<add_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator-(A a, B b) {
        return apply<subtract_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator*(A a, B b) {
        return apply<multiply_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator/(A a, B b) {
        return apply<divide_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator<(A a, B b) {
        return apply<less_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator<=(A a, B b) {
        return apply<less_equal_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator>(A a, B b) {
        return apply<greater_op>(a, b);
    }
    template <class A, class B>
        requires with_node<A, B>
    friend constexpr ref operator>=(A a, B b) {
        return apply<greater_equal_op>(a, b);
    }
    template <with_node A>
    friend constexpr ref operator-(A a) {
        return apply<negative_op>(a);
    }
};

} // namespace ctgrad
