// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/define_node.hpp>
#include <ctgrad/expr/poison.hpp>
#include <ctgrad/graph/extract.hpp>
#include <ctgrad/shape/phrase.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ctgrad {

/// Arguments: the shape of the expression.
template <fact Shape>
CTGRAD_RULE(expression_must_be_computed,
            "it has no value before a call: function f{loss}; float v = f(x = data). To choose in it: where(a > b, a, b).")
inline constexpr poison broken<fault::expression_must_be_computed, Shape>{};

/// Data for a leaf, or memory for a result, of a call: made by `x = data`. It refers to data that have a name, and
/// holds what would end with the line: `x = load()`, `rate = 0.1f`.
template <class Leaf, class Data, bool Holds = false>
struct binding {
    using leaf_type = Leaf;
    Data& data;
};
template <class Leaf, class Data>
struct binding<Leaf, Data, true> {
    using leaf_type = Leaf;
    Data data;
};

/// `Value`, an expression or a number, for a leaf of an expression: made by `x = x + noise`.
template <class Leaf, class Value>
struct replacement {
    using leaf = Leaf;
    using value = Value;
};

/// An expression: an empty value whose type is the program that computes it.
/// @tparam Hash of its last node; the type is named by it alone, so that error messages, symbols
/// and the compiler's own comparisons stay short.
template <std::uint64_t Hash>
struct expr : expr_base {
    /// The node that computes it; nodes lead to their inputs.
    static constexpr const linked_node& root() { return node_of(detail::node_key<Hash>{}); }

    /// All nodes as one graph, in an order that depends on the expression alone.
    static constexpr graph_view graph() { return detail::flat_graph<Hash>.view(); }

    /// The extents, as a value: `static_assert(loss.shape() == ct::shape(N, 10))`.
    static constexpr tensor_shape shape() { return root().shape; }
    static constexpr dtype type() { return root().type; }
    static constexpr int rank = node_of(detail::node_key<Hash>{}).shape.rank;

    constexpr expr() = default;
    constexpr expr(const expr&) = default;
    constexpr expr& operator=(const expr&) = default;

    /// Binds data to this leaf, or memory to this result, for a call: `train(x = images)`.
    template <class Data>
        requires(!std::derived_from<std::remove_cvref_t<Data>, expr_base>)
    constexpr auto operator=(Data&& data) const {
        constexpr bool ends = !std::is_lvalue_reference_v<Data> && !std::is_array_v<Data>;
        return binding<expr, std::remove_reference_t<Data>, ends>{static_cast<std::conditional_t<ends, Data&&, Data&>>(data)};
    }

    /// An expression or a number for this leaf, as `substitute` and `jvp` take it: `substitute(loss, W = W - 0.1_c * grads[W])`.
    template <class Value>
        requires std::derived_from<Value, expr_base>
    constexpr replacement<expr, Value> operator=(Value) const {
        return {};
    }

    /// The element, or the part, at static indices: `q[at<2>]`, `W[at<1, 3>]`, `x[(range<0, 3>, at<1>)]`.
    template <class Index>
    constexpr auto operator[](Index index) const {
        return subscript(expr{}, index); // of the layer ops
    }
#ifdef __cpp_multidimensional_subscript
    template <class... Index>
        requires(sizeof...(Index) > 1)
    constexpr auto operator[](Index... index) const {
        return subscript(expr{}, (..., index));
    }
#endif

    /// Fails: `float v = loss;`, `if (loss < limit)`.
    template <class Number>
        requires std::is_arithmetic_v<Number>
    constexpr explicit(std::is_same_v<Number, bool>) operator Number() const {
        return broken<fault::expression_must_be_computed, show([] { return phrase_of(expr::shape()); })>;
    }
};

namespace detail {

template <class T>
inline constexpr bool is_expr = false;
template <std::uint64_t Hash>
inline constexpr bool is_expr<expr<Hash>> = true;
template <class T>
inline constexpr bool is_expr<const T> = is_expr<T>; // of a constexpr variable, by decltype

template <class T>
inline constexpr bool is_poison = false;
template <>
inline constexpr bool is_poison<poison> = true;

} // namespace detail

namespace detail {

/// The roots of the graph that `Make` drafts, as expressions.
template <class Make>
struct lifted {
    static constexpr auto graph = freeze(Make{});

    /// Defines all nodes, inputs first.
    static constexpr bool defined = []<int... I>(std::integer_sequence<int, I...>) {
        const bool equal[] = {define_node<content_of(graph, I)>::hash == graph.nodes[I].hash...}; // a fold nests: Clang stops at 256
        for (bool each : equal)
            if (!each) return false;
        return true;
    }(std::make_integer_sequence<int, graph.view().size>{});
    static_assert(defined);

    template <std::size_t R>
    using root = expr<graph.nodes[graph.roots[R]].hash>;
};

/// The expression that the first root of the graph made by the empty callable `Make` computes.
template <class Make>
constexpr auto make_expr(Make) {
    return typename lifted<Make>::template root<0>{};
}

} // namespace detail

/// A leaf: a placeholder, a variable or a run-time scalar.
template <class E>
concept leaf_expression = detail::is_expr<E> && (E::root().op->kind == op_kind::leaf);

} // namespace ctgrad
