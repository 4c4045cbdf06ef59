// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>
#include <ctgrad/expr/if_used.hpp>

#include <string_view>
#include <type_traits>

/// @file What `substitute`, `jvp` and `hvp` are told of leaves: `leaf = expression`.

namespace ctgrad {

/// Arguments: the function, what stands where `leaf = expression` belongs.
template <fact Function, fact Given>
CTGRAD_RULE(value_must_name_its_leaf, "write leaf = expression, x = x + noise, with a placeholder, variable or scalar on the left.")
inline constexpr poison broken<fault::value_must_name_its_leaf, Function, Given>{};

/// Arguments: the function, the leaf with its dtype and shape, those of the value.
template <fact Function, fact Leaf, fact Value>
CTGRAD_RULE(value_must_fit_its_leaf, "give an expression of the leaf's dtype and shape, or a number.")
inline constexpr poison broken<fault::value_must_fit_its_leaf, Function, Leaf, Value>{};

/// Arguments: the function, the leaf.
template <fact Function, fact Leaf>
CTGRAD_RULE(leaf_must_occur, "the expression does not depend on this leaf: leave it out, or say if_used(leaf = value).")
inline constexpr poison broken<fault::leaf_must_occur, Function, Leaf>{};

/// Arguments: the function, the leaf.
template <fact Function, fact Leaf>
CTGRAD_RULE(leaf_must_be_named_once, "it is named twice: leave one out.")
inline constexpr poison broken<fault::leaf_must_be_named_once, Function, Leaf>{};

namespace detail {

/// What `leaf = value` says; of anything else nothing.
template <class R>
struct leaf_value {
    static constexpr bool is_one = false;
    static constexpr bool is_optional = false;
    static constexpr bool is_poison = detail::is_poison<R>;
};
template <class Leaf, class Value>
struct leaf_value<replacement<Leaf, Value>> {
    using leaf = Leaf;
    using value = Value;
    static constexpr bool is_one = leaf_expression<Leaf>;
    static constexpr bool is_poison = detail::is_poison<Value>;
    static constexpr bool is_optional = false;
};
template <class R>
struct leaf_value<optional_value<R>> : leaf_value<R> {
    static constexpr bool is_optional = true;
};

/// What an error shows of `R` where `leaf = expression` belongs.
template <class R>
constexpr phrase given_shown() {
    if constexpr (is_expr<R>)
        return phrase_of(R::shape());
    else if constexpr (requires { R::leaf::shape(); })
        return phrase(phrase_of(R::leaf::shape())) << " = ...";
    else if constexpr (requires { typename R::leaf_type; })
        return phrase(R::leaf_type::root().op->kind == op_kind::leaf ? R::leaf_type::root().name->text : "...") << " = data";
    else
        return phrase("a number");
}

/// Whether the leaf of that hash is below `root`.
constexpr bool has_leaf(const linked_node& root, std::uint64_t hash) {
    for (int i = 0; i < root.leaf_count(); ++i)
        if (root.leaf(i).hash == hash) return true;
    return false;
}

/// What is wrong with `leaf = value` itself.
template <class R>
constexpr finding check_leaf_value(std::string_view function) {
    if constexpr (leaf_value<R>::is_poison)
        return fault::reported;
    else if constexpr (!leaf_value<R>::is_one)
        return {fault::value_must_name_its_leaf, function, given_shown<R>()};
    else if constexpr (!is_literal<typename R::value>) {
        const linked_node& leaf = R::leaf::root();
        const linked_node& value = R::value::root();
        if (leaf.type != value.type || !(leaf.shape == value.shape))
            return {fault::value_must_fit_its_leaf, function, phrase(leaf.name->text) << " " << phrase_of(leaf.type, leaf.shape),
                    phrase_of(value.type, value.shape)};
        return {};
    } else
        return {};
}

/// The first leaf that is named twice, if any.
template <class... Leaf>
constexpr finding check_leaves_once(std::string_view function) {
    const linked_node* const leaves[] = {&Leaf::root()...};
    for (std::size_t i = 0; i < sizeof...(Leaf); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (leaves[i]->hash == leaves[j]->hash) return {fault::leaf_must_be_named_once, function, leaves[i]->name->text};
    return {};
}

/// What is wrong with `leaf = value` as arguments of `function`.
template <class... R>
constexpr finding check_leaf_values(std::string_view function) {
    constexpr bool is_well_formed = ((leaf_value<R>::is_one && !leaf_value<R>::is_poison) && ...);
    if constexpr (sizeof...(R) == 0)
        return {fault::value_must_name_its_leaf, function, "nothing"};
    else if constexpr (!is_well_formed)
        return first_of({check_leaf_value<R>(function)...});
    else
        return first_of({check_leaf_value<R>(function)..., check_leaves_once<typename R::leaf...>(function)});
}

/// The node of `Value` in a builder, for leaf `Leaf`; a number fills it.
template <class Leaf, class Value>
constexpr ref value_for(builder& b) {
    if constexpr (is_literal<Value>)
        return constant(b, Value::value, Leaf::type(), Leaf::shape());
    else
        return b.import(Value::root());
}

/// How many nodes a value has.
template <class Value>
constexpr int value_size() {
    if constexpr (is_literal<Value>)
        return 1;
    else
        return count_nodes(Value::root());
}

} // namespace detail
} // namespace ctgrad
