// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/expr/node_context.hpp>
#include <ctgrad/expr/rules.hpp>
#include <ctgrad/graph/apply.hpp>

#include <bit>
#include <concepts>
#include <type_traits>
#include <utility>

namespace ctgrad {

/// Options of an op that has none.
struct no_options {
    template <class... Facts>
    static constexpr inference asked(const Facts&...) {
        return {};
    }
};

namespace detail {

/// The node and shape facts of an operand; those of a literal with the dtype that it takes.
template <class X>
constexpr attributes facts_of(dtype literal) {
    if constexpr (is_literal<X>) {
        attributes a;
        a.type = literal;
        return a;
    } else
        return X::root();
}

/// The dtype that a literal takes among `X...`: that of the first operand that is not a mask.
template <class Op, class... X>
constexpr dtype literal_type() {
    if constexpr ((is_literal<X> || ...)) {
        unsigned masks = 0;
        if constexpr (requires { Op::boolean_inputs; }) masks = Op::boolean_inputs;
        const bool has_type[] = {is_expr<X>...};
        const dtype types[] = {facts_of<X>(dtype::float32).type...};
        for (int i = 0; i < static_cast<int>(sizeof...(X)); ++i)
            if (has_type[i] && (masks >> i & 1u) == 0) return types[i];
    }
    return dtype::float32;
}

/// What inference says of `Op` with `Options` on operands `X...`: broadcasting, then the op's rule.
template <class Op, class Options, class... X>
constexpr inference infer_application() {
    constexpr int count = sizeof...(X);
    const dtype literal = literal_type<Op, X...>();
    attributes facts[] = {facts_of<X>(literal)...};
    const attributes* inputs[max_arity]{};
    for (int i = 0; i < count; ++i) inputs[i] = &facts[i];
    const inference asked = Options::asked(facts_of<X>(literal)...);
    if (Op::kind == op_kind::elementwise) {
        const shape_or_fault common = common_shape(inputs, count);
        if (common.found != fault::none) return {{}, common.found};
        for (attributes& f : facts) f.shape = common.shape;
    }
    if (asked.found != fault::none) return asked;
    return info<Op>.infer(asked.result, inputs);
}
template <class Op, class Options, class... X>
inline constexpr inference inferred = infer_application<Op, Options, X...>();

/// What inference says of `Op` with `Options` on `X...`, for functions composed of ops, which refuse
/// under their own name what the ops inside would. Nodes, poison and bare numbers are left to those.
template <class Op, class Options, class... X>
constexpr fault fault_on() {
    if constexpr (((is_expr<X> || is_literal<X>) && ...))
        return inferred<Op, Options, X...>.found;
    else
        return fault::none;
}

constexpr node_content repeated_number(const op_info& constant, double value, dtype type, const tensor_shape& to) {
    attributes a;
    a.type = type;
    a.shape = to;
    a.bits = std::bit_cast<std::uint64_t>(value);
    return content_of(constant, a);
}
constexpr node_content repeated_node(const op_info& view, const linked_node& x, const tensor_shape& to) {
    attributes a = expansion(x.shape, to);
    a.type = x.type;
    return content_of(view, a, {x.hash});
}

/// Defines the node of an application that inference found to be right.
template <class Op, class Options, class... X>
struct application {
    /// What the operands of an elementwise op are repeated to fill; of another, what literals are.
    static constexpr tensor_shape filled = Op::kind == op_kind::elementwise ? inferred<Op, Options, X...>.result.shape : tensor_shape{};

    template <class E>
    static constexpr std::uint64_t operand_hash() {
        if constexpr (is_literal<E>)
            return define_node<repeated_number(info<deferred_t<constant_op, E>>, E::value, literal_type<Op, X...>(), filled)>::hash;
        else if constexpr (Op::kind != op_kind::elementwise || E::shape() == filled)
            return E::root().hash;
        else
            return define_node<repeated_node(info<deferred_t<view_op, E>>, E::root(), filled)>::hash;
    }
    using type = expr<define_node<content_of(info<Op>, inferred<Op, Options, X...>.result, {operand_hash<X>()...})>::hash>;
};

} // namespace detail

/// `Op` applied to operands one of which is a node: a node.
/// @tparam Options an empty type whose static `asked(facts...)` gives the op's attributes.
template <class Op, class Options, class... X>
    requires with_node<X...>
constexpr ref apply(X... x) {
    const detail::node_context context = detail::context_of({detail::ref_or_none(x)...});
    const ref inputs[] = {context.to_ref(x)...};
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        const inference asked = Options::asked(static_cast<const attributes&>(*inputs[I])...);
        if (asked.found != fault::none) not_a_constant("the options do not fit the operand");
        return ctgrad::apply<Op>(asked.result, inputs[I]...);
    }(std::index_sequence_for<X...>{});
}

/// `Op` applied to expressions: an expression, or a rule's error.
template <class Op, class Options, class... X>
    requires with_expression<X...>
constexpr auto apply(X...) {
    if constexpr ((detail::is_poison<X> || ...)) {
        return poison{};
    } else if constexpr ((data_like<X> || ...)) {
        return broken<fault::data_must_be_fed, show([] { return Op::name; }), detail::operands_shown<X...>>;
    } else if constexpr (!(operand<X> && ...)) {
        return broken<fault::number_must_be_a_literal, show([] { return Op::name; }), detail::number_shown<X...>>;
    } else if constexpr ((detail::is_literal<X> && ...) && Op::kind == op_kind::elementwise) {
        return literal<std::bit_cast<std::uint64_t>(static_cast<double>(Op::evaluate(X::value...)))>{};
    } else {
        constexpr fault found = detail::inferred<Op, Options, X...>.found;
        if constexpr (found != fault::none)
            return broken<found, call_shown<Op, Options>, facts_shown<found, X>...>;
        else if constexpr (!detail::names_check<X...>::found.is_fine())
            return refuse<detail::names_check<X...>>();
        else
            return typename detail::application<Op, Options, X...>::type{};
    }
}

namespace detail {

template <class Options, class... Like>
struct options_like {
    static constexpr inference asked(const attributes& x) { return Options::asked(x, facts_of<Like>(dtype::float32)...); }
};

} // namespace detail

/// Applies a unary `Op` to `x`, its options computed from `x` and from other operands.
template <class Op, class Options, operand X, operand... Like>
constexpr auto apply_like(X x, Like... like) {
    if constexpr (std::same_as<X, ref>)
        return apply<Op>(Options::asked(static_cast<const attributes&>(*x), static_cast<const attributes&>(*like)...).result, x);
    else if constexpr ((detail::is_poison<X> || ... || detail::is_poison<Like>))
        return poison{};
    else
        return apply<Op, detail::options_like<Options, Like...>>(x);
}

/// The function object of an elementwise op or of one without options.
template <class Op>
struct op_function {
    template <operand_or_mistake... X>
        requires(sizeof...(X) == static_cast<std::size_t>(Op::arity))
    constexpr auto operator()(X... x) const {
        if constexpr ((operand<X> || ...))
            return apply<Op>(x...);
        else if constexpr ((data_like<X> || ...))
            return broken<fault::data_must_be_fed, show([] { return Op::name; }), detail::operands_shown<X...>>;
        else
            return broken<fault::number_must_be_a_literal, show([] { return Op::name; }), detail::number_shown<X...>>;
    }
};

} // namespace ctgrad
