// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/graph/traits.hpp>

#include <concepts>
#include <utility>

namespace ctgrad {

template <class Op>
constexpr op_info describe();

/// The descriptor of `Op`; its address stands in the nodes.
template <class Op>
inline constexpr op_info info = describe<Op>();

namespace detail {

/// The way back from a descriptor's address to the op's type: code generation needs the type, and
/// nodes, being values, hold the address. Each `register_op` defines one overload.
template <const op_info* Info>
struct op_key {
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
    friend auto op_type_of(op_key);
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
};

template <class Op>
struct type_tag {
    using type = Op;
};

template <class Op>
struct register_op {
    friend auto op_type_of(op_key<&info<Op>>) { return type_tag<Op>{}; }
    static constexpr bool done = true;
};

template <class Op, std::size_t... I>
constexpr double call_formula(const double* in, std::index_sequence<I...>) {
    auto argument = [in]<std::size_t K>(std::integral_constant<std::size_t, K>) {
        if constexpr ((Op::boolean_inputs >> K & 1u) != 0)
            return in[K] != 0;
        else
            return in[K];
    };
    return static_cast<double>(Op::evaluate(argument(std::integral_constant<std::size_t, I>{})...));
}

template <class Op>
constexpr double formula(const double* in) {
    if constexpr (Op::kind == op_kind::reduction)
        return Op::combine(in[0], in[1]);
    else
        return call_formula<Op>(in, std::make_index_sequence<static_cast<std::size_t>(Op::arity)>{});
}

template <class Op>
constexpr void evaluate(const attributes& a, const strided<double>& out, const strided<const double>* in) {
    if constexpr (Op::arity == 1)
        Op::evaluate(a, out, in[0]);
    else if constexpr (Op::arity == 2)
        Op::evaluate(a, out, in[0], in[1]);
    else
        Op::evaluate(a, out, in[0], in[1], in[2]);
}

template <class Op>
constexpr ref call_derivative(const adjoint& at) {
    return Op::derivative(at);
}

template <class Op>
constexpr bool call_may_vanish(const adjoint& at) {
    return Op::may_vanish(at);
}

// What stands where an op leaves out what is asked of any op: g++ cannot compare the address of a function with null in a constant
// expression under -fsanitize=undefined.
constexpr bool never_vanishes(const adjoint&) { return false; }
constexpr unsigned no_axes(const attributes&) { return 0; }

template <class Op>
constexpr ref call_simplify(builder& into, const node& draft) {
    return Op::simplify(pending{&into, draft});
}

} // namespace detail

namespace detail {
template <class T, class>
struct deferred {
    using type = T;
};
} // namespace detail

/// `T`, but for the compiler unknown as long as the template argument `Later` is. Clang instantiates the
/// descriptor of an op that a template names outright at once, when the ops in its rules may be incomplete.
template <class T, class Later>
using deferred_t = typename detail::deferred<T, Later>::type;

/// The op whose descriptor stands at `Info`.
template <const op_info* Info>
using op_type = typename decltype(op_type_of(detail::op_key<Info>{}))::type;

/// Collects what `Op` declares; a function that it leaves out is a null pointer.
template <class Op>
constexpr op_info describe() {
    static_assert(detail::register_op<Op>::done);
    op_info d{};
    d.name = Op::name;
    d.hash = op_hash<Op>;
    d.kind = Op::kind;
    if constexpr (requires { Op::form; }) d.form = Op::form;
    // A contraction of a user has a loop of its own: the kernels of products know the forms above.
    if (Op::kind == op_kind::contraction && d.form == product_form::none) d.kind = op_kind::general;
    d.arity = Op::arity;
    d.flops = d.kind == op_kind::contraction ? 2 : Op::kind == op_kind::elementwise || Op::kind == op_kind::reduction ? 1 : 0;
    if constexpr (requires { int{Op::flops}; }) d.flops = Op::flops;
    if constexpr (requires { Op::selects; }) d.selects = Op::selects;
    if constexpr (requires { Op::is_arithmetic; }) d.is_arithmetic = Op::is_arithmetic;
    if constexpr (requires { Op::is_parameter; }) d.is_parameter = Op::is_parameter;
    if constexpr (requires { Op::commutative; }) d.commutative = Op::commutative;
    if constexpr (requires { Op::is_steep; }) d.is_steep = Op::is_steep;
    if constexpr (requires { Op::keeps_zeros; }) d.keeps_zeros = Op::keeps_zeros;
    if constexpr (requires { Op::identity; }) d.identity = Op::identity;
    if constexpr (requires(const adjoint& at) { Op::derivative(at); }) {
        d.derivative = &detail::call_derivative<Op>;
        d.differentiable_inputs = (1u << Op::arity) - 1u;
        d.may_vanish = &detail::never_vanishes;
        if constexpr (requires(const adjoint& at) { Op::may_vanish(at); }) d.may_vanish = &detail::call_may_vanish<Op>;
        if constexpr (requires { Op::differentiable_inputs; }) d.differentiable_inputs = Op::differentiable_inputs;
    }
    if constexpr (requires { Op::is_bound; }) d.is_bound = Op::is_bound;
    if constexpr (Op::kind >= op_kind::pack) d.differentiable_inputs = Op::differentiable_inputs;
    if constexpr (requires { &Op::template pull<ref>; }) {
        d.pull = &Op::template pull<ref>;
        d.push = &Op::template push<ref>;
    }
    if constexpr (requires(const pending& at) { Op::simplify(at); }) {
        d.simplifies = true;
        d.simplify = &detail::call_simplify<Op>;
    }
    if constexpr (Op::kind == op_kind::reduction && requires { Op::is_sum; }) d.is_sum = Op::is_sum;
    if constexpr (requires { Op::rewrites; }) {
        d.rewrites = Op::rewrites;
        d.rewrite_count = static_cast<int>(std::size(Op::rewrites));
    }
    if constexpr (requires { &Op::infer; })
        d.infer = &Op::infer;
    else
        d.infer = &detail::infer<Op>;
    if constexpr (Op::kind == op_kind::elementwise || Op::kind == op_kind::reduction) d.element = &detail::formula<Op>;
    if constexpr (requires { Op::shows_first; }) d.shows_first = Op::shows_first;
    if constexpr (requires { Op::begins_again; }) {
        d.begins_again = true;
        d.pass_back = &Op::template pass_back<ref>;
    }
    d.nonempty_axes = &detail::no_axes;
    if constexpr (requires { &Op::nonempty_axes; }) d.nonempty_axes = &Op::nonempty_axes;
    if constexpr (requires { &Op::index_bound; }) {
        d.bounds_indices = true;
        d.index_bound = &Op::index_bound;
    }
    d.item_axes = -1;
    if constexpr (requires { Op::item_axes; }) {
        d.item_axes = Op::item_axes;
        d.item_flops = &Op::item_flops;
    }
    if constexpr (requires { Op::failure; }) d.can_fail = true;
    if constexpr (requires { &Op::place_input; }) {
        d.joins = true;
        d.place_input = &Op::place_input;
    }
    if constexpr (Op::kind == op_kind::view) d.map_axes = &Op::map_axes;
    if constexpr (Op::kind == op_kind::contraction || Op::kind == op_kind::general) d.evaluate = &detail::evaluate<Op>;
    return d;
}

} // namespace ctgrad
