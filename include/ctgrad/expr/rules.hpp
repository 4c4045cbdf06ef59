// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/rule.hpp>
#include <ctgrad/expr/literal.hpp>
#include <ctgrad/shape/phrase.hpp>
#include <ctgrad/core/fault.hpp>

#include <type_traits>

namespace ctgrad {

/// What an error shows of operand `X`: its shape, and its dtype where the rule is about dtypes.
template <fault Found, class X>
inline constexpr auto facts_shown = show([] {
    if constexpr (detail::is_literal<X>)
        return phrase("number");
    else if constexpr (Found >= fault::dtypes_must_match && Found <= fault::dtype_must_be_boolean)
        return phrase_of(X::type(), X::shape());
    else
        return phrase_of(X::shape());
});

/// What an error shows of `Op` with `Options`: what the user called, as in `reduce_sum axis<2>`.
template <class Op, class Options>
inline constexpr auto call_shown = show([] {
    if constexpr (requires { Options::called(Op::name); })
        return Options::called(Op::name);
    else
        return Op::name;
});

/// The rules that inference checks, each named by its verdict. Arguments: the function, then its operands.
template <fault Found, fact... Facts>
inline constexpr poison mistake{};

template <fact... F>
CTGRAD_RULE(shapes_must_broadcast, "from the last axis on, extents are equal or 1: try expand_dims, matmul.")
inline constexpr poison broken<fault::shapes_must_broadcast, F...>{};

template <fact... F>
CTGRAD_RULE(broadcast_must_expand_one_side, "both would grow: use squeeze, expand_dims or broadcast_to on one.")
inline constexpr poison broken<fault::broadcast_must_expand_one_side, F...>{};

template <fact... F>
CTGRAD_RULE(matmul_inner_dimensions_must_match, "[M,K] by [K,N]: swap or transpose operands.")
inline constexpr poison broken<fault::matmul_inner_dimensions_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(matmul_operands_must_be_matrices, "give a vector a second axis with expand_dims.")
inline constexpr poison broken<fault::matmul_operands_must_be_matrices, F...>{};

template <fact... F>
CTGRAD_RULE(batch_dimensions_must_match, "the axes before the last two are equal, or on one side only.")
inline constexpr poison broken<fault::batch_dimensions_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(axis_must_be_in_range, "axes count from 0 to rank - 1, or from -rank to -1 from the end.")
inline constexpr poison broken<fault::axis_must_be_in_range, F...>{};

template <fact... F>
CTGRAD_RULE(axes_must_be_distinct, "name each axis once.")
inline constexpr poison broken<fault::axes_must_be_distinct, F...>{};

template <fact... F>
CTGRAD_RULE(size_must_stay_the_same, "reshape keeps the number of elements, squeeze drops extents of 1.")
inline constexpr poison broken<fault::size_must_stay_the_same, F...>{};

template <fact... F>
CTGRAD_RULE(slice_must_lie_inside, "begin + size is at most the extent; a named dimension is taken whole.")
inline constexpr poison broken<fault::slice_must_lie_inside, F...>{};

template <fact... F>
CTGRAD_RULE(extents_must_match_outside_axis, "only the extent along the axis may differ.")
inline constexpr poison broken<fault::extents_must_match_outside_axis, F...>{};

template <fact... F>
CTGRAD_RULE(dimension_must_be_static, "use a number there instead of a named dimension.")
inline constexpr poison broken<fault::dimension_must_be_static, F...>{};

template <fact... F>
CTGRAD_RULE(rank_must_fit, "the number of axes is wrong here.")
inline constexpr poison broken<fault::rank_must_fit, F...>{};

template <fact... F>
CTGRAD_RULE(dtypes_must_match, "convert one operand with cast<T>(x).")
inline constexpr poison broken<fault::dtypes_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_floating, "convert the operand with cast<float>(x).")
inline constexpr poison broken<fault::dtype_must_be_floating, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_numeric, "convert the mask with cast<float>(x).")
inline constexpr poison broken<fault::dtype_must_be_numeric, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_integer, "labels and indices are integers: cast<std::int32_t>(x).")
inline constexpr poison broken<fault::dtype_must_be_integer, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_boolean, "compare to get a mask, for instance x > 0_c.")
inline constexpr poison broken<fault::dtype_must_be_boolean, F...>{};

/// Arguments: the function, the number's type.
template <fact Function, fact Number>
CTGRAD_RULE(number_must_be_a_literal,
            "write 0.5_c instead of 0.5 (using namespace ctgrad::literals), or name a run-time number: scalar<\"a\", float>.")
inline constexpr poison broken<fault::number_must_be_a_literal, Function, Number>{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(data_must_be_fed, "an expression has no data: name it, placeholder<\"x\", float, N>, and feed it to the call, f(x = data).")
inline constexpr poison broken<fault::data_must_be_fed, Function, Given>{};

/// Arguments: the name, one leaf, the other leaf.
template <fact Name, fact Leaf, fact Other>
CTGRAD_RULE(name_must_mean_one_leaf, "two leaves of one expression have this name: rename one of them.")
inline constexpr poison broken<fault::name_must_mean_one_leaf, Name, Leaf, Other>{};

namespace detail {

/// The arguments of a function as an error shows them: `describe(text, pointer to the type)` adds each to the text.
template <class... X>
constexpr phrase phrase_of_arguments(auto describe) {
    phrase text("(");
    bool first = true;
    auto add = [&]<class A>(A* type) {
        text << (first ? "" : ", ");
        first = false;
        describe(text, type);
    };
    (add(static_cast<X*>(nullptr)), ...);
    return text << ")";
}

/// What an error shows of the arguments of a function.
template <class... X>
constexpr phrase phrase_of_operands() {
    return phrase_of_arguments<X...>([]<class A>(phrase& text, A*) {
        if constexpr (is_expr<A>)
            text << phrase_of(A::shape());
        else
            text << (std::is_same_v<A, bool> ? "bool" : std::is_arithmetic_v<A> ? "number" : data_like<A> ? "data" : "?");
    });
}
template <class... X>
inline constexpr auto operands_shown = show([] { return phrase_of_operands<X...>(); });

/// What an error shows of the bare number among `X...`: its type.
template <class... X>
constexpr std::string_view number_phrase() {
    if constexpr (((std::is_floating_point_v<X> || operand<X>) && ...))
        return (std::is_same_v<X, float> || ...) ? "float" : "double";
    else
        return "int";
}
template <class... X>
inline constexpr auto number_shown = show([] { return number_phrase<X...>(); });

/// What an error shows of a leaf.
constexpr phrase leaf_shown(const linked_node& leaf) { return phrase(leaf.op->name) << " " << phrase_of(leaf.type, leaf.shape); }

/// Whether two leaves below these roots have one name and are not the same leaf.
constexpr finding check_names(const linked_node* const* roots, int count) {
    list<const linked_node*> leaves;
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < roots[k]->leaf_count(); ++i) {
            const linked_node& leaf = roots[k]->leaf(i);
            if (leaf.op->is_bound) continue; // told apart by the scan that binds it
            for (const linked_node* seen : leaves)
                if (*seen->name == *leaf.name && seen->hash != leaf.hash)
                    return {fault::name_must_mean_one_leaf, leaf.name->text, leaf_shown(*seen), leaf_shown(leaf)};
            leaves.push_back(&leaf);
        }
    return {};
}

/// Adds the root of an expression to `roots`.
template <class X>
constexpr void append_root(const linked_node** roots, int& count) {
    if constexpr (is_expr<X>) roots[count++] = &X::root();
}

/// Whether a name means two leaves in `X...`. Each alone was asked when it was made.
template <class... X>
constexpr finding check_names() {
    if constexpr (sizeof...(X) < 2) return {};
    const linked_node* roots[sizeof...(X) + 1]{};
    int count = 0;
    (append_root<X>(roots, count), ...);
    return check_names(roots, count);
}
template <class... X>
struct names_check {
    static constexpr finding found = check_names<X...>();
};

} // namespace detail
} // namespace ctgrad
