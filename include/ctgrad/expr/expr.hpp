// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/operators.hpp>
#include <ctgrad/graph/extract.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ctgrad {

/// Stands for the result of a mistake: everything accepts it silently, so one mistake is one error.
struct poison : expr_base {
    static constexpr tensor_shape shape() { return {}; }
    static constexpr dtype type() { return dtype::float32; }
    static constexpr int rank = 0;

    template <class Data>
    constexpr poison operator=(Data&&) const {
        return {};
    }
    template <class Key>
    constexpr poison operator[](Key&&) const {
        return {};
    }
    template <class... Arguments>
    constexpr poison operator()(Arguments&&...) const {
        return {};
    }
};

/// Data for a leaf, or memory for a result, of one call: made by `x = data`. It refers to the data
/// and lives no longer than the call's full expression.
template <class Leaf, class Data>
struct binding {
    using leaf_type = Leaf;
    Data& data;
};

namespace detail {

/// The way from a hash to the graph that has it, so that types can be named by the hash alone: error
/// messages, symbols and the compiler's own comparisons stay short. Each `define_graph` adds one
/// overload; two graphs of one hash would be a redefinition, which the compiler reports.
template <std::uint64_t Hash>
struct graph_key {
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
    friend constexpr const auto& graph_of(graph_key);
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
};

template <auto G>
struct define_graph {
    static constexpr std::uint64_t hash = hash_of(G.view());
    friend constexpr const auto& graph_of(graph_key<hash>) { return G; }
};

} // namespace detail

/// An expression: an empty value whose type is the program that computes it.
/// @tparam Hash of the graph, whose value `graph()` gives.
template <std::uint64_t Hash>
struct expr : expr_base {
    static constexpr graph_view graph() { return graph_of(detail::graph_key<Hash>{}).view(); }
    static constexpr const node& root() { return graph().root(); }

    /// The extents, as a value: `static_assert(loss.shape() == ct::shape(N, 10))`.
    static constexpr tensor_shape shape() { return root().shape; }
    static constexpr dtype type() { return root().type; }
    static constexpr int rank = root().shape.rank;

    constexpr expr() = default;
    constexpr expr(const expr&) = default;
    constexpr expr& operator=(const expr&) = default;

    /// Binds data to this leaf, or memory to this result, for a call: `train(x = images)`.
    template <class Data>
        requires(!std::derived_from<std::remove_cvref_t<Data>, expr_base>)
    constexpr binding<expr, std::remove_reference_t<Data>> operator=(Data&& data) const {
        return {data};
    }
};

namespace detail {

template <class T>
inline constexpr bool is_expr = false;
template <std::uint64_t Hash>
inline constexpr bool is_expr<expr<Hash>> = true;

template <class T>
inline constexpr bool is_poison = false;
template <>
inline constexpr bool is_poison<poison> = true;

/// The expression that the graph made by the empty callable `Make` computes.
template <class Make>
constexpr auto make_expr(Make make) {
    return expr<define_graph<freeze(make)>::hash>{};
}

} // namespace detail

/// A leaf: a placeholder, a variable or a run-time scalar.
template <class E>
concept leaf_expression = detail::is_expr<E> && (E::root().op->kind == op_kind::leaf);

} // namespace ctgrad
