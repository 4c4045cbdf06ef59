// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/expr/rules.hpp>
#include <ctgrad/graph/descriptor.hpp>

#include <initializer_list>

namespace ctgrad {

/// What leaves are: no inputs, a name, a dtype and a shape.
struct leaf_op {
    static constexpr op_kind kind = op_kind::leaf;
    static constexpr int arity = 0;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

struct placeholder_op : leaf_op {
    static constexpr char name[] = "placeholder";
};

struct variable_op : leaf_op {
    static constexpr char name[] = "variable";
    static constexpr bool is_parameter = true;
};

/// What a step assigns to and training does not move; before the first step the number in `bits` everywhere.
struct state_op : leaf_op {
    static constexpr char name[] = "state";
    static constexpr bool is_parameter = true;
};

/// What an optimizer keeps from step to step: named as the variable that it is kept for, told from its
/// other slots by `numbers[0]`, and before the first step the number in `bits` everywhere.
struct slot_op : leaf_op {
    static constexpr char name[] = "slot";
    static constexpr bool is_parameter = true;
};

/// Arguments: the leaf, the size of the type in bytes.
template <fact Leaf, fact Size>
CTGRAD_RULE(element_type_must_be_known, "elements are float, double, std::int32_t or bool.")
inline constexpr poison broken<fault::element_type_must_be_known, Leaf, Size>{};

/// Arguments: the leaf, its extents.
template <fact Leaf, fact Extents>
CTGRAD_RULE(extents_must_be_positive, "at most 6, each at least 1; a size that the call knows has a name: dim<\"N\">.")
inline constexpr poison broken<fault::extents_must_be_positive, Leaf, Extents>{};

namespace detail {

constexpr bool is_extent(const dimension& d) { return !d.is_static() || d.extent > 0; }

/// As `[-1,784]`, of any number of extents.
constexpr phrase extents_phrase(std::initializer_list<dimension> extents, std::size_t count) {
    phrase text("[");
    for (std::size_t i = 0; i < count; ++i) {
        const dimension& d = extents.begin()[i];
        if (i) text << ",";
        if (d.is_static())
            text << d.extent;
        else
            text << d.name->text;
    }
    return text << "]";
}

template <class Op, fixed_string Name, class T, dimension... Dims>
constexpr auto make_leaf() {
    if constexpr (!element<T>)
        return broken<fault::element_type_must_be_known, show([] { return Name.view(); }),
                      show([] { return phrase("size ") << sizeof(T); })>;
    else if constexpr (sizeof...(Dims) > max_rank || !(is_extent(Dims) && ...))
        return broken<fault::extents_must_be_positive, show([] { return Name.view(); }),
                      show([] { return extents_phrase({Dims..., 0}, sizeof...(Dims)); })>;
    else
        return make_expr([] {
            attributes a;
            a.type = dtype_of<T>;
            a.shape = {sizeof...(Dims), {Dims...}};
            a.name = &symbol_of<Name>;
            builder made;
            list<ref> roots;
            roots.push_back(made.add(info<Op>, a, nullptr));
            return extract(made, roots);
        });
}

} // namespace detail

/// Data that a call brings: `placeholder<"x", float, N, 784>`. Fed by `x = data`.
/// @tparam T float, double, std::int32_t (labels) or bool (masks).
/// @tparam Dims static extents or named dimensions (`dim<"N">`); none is a scalar.
template <fixed_string Name, class T, dimension... Dims>
inline constexpr auto placeholder = detail::make_leaf<placeholder_op, Name, T, Dims...>();

/// A parameter that training moves: `variable<"W", float, 784, 10>`. Its numbers live in a
/// parameter store (see `trainer`).
template <fixed_string Name, class T, dimension... Dims>
inline constexpr auto variable = detail::make_leaf<variable_op, Name, T, Dims...>();

/// A tensor that is kept with the variables and that training does not move, only what a step assigns to it does:
/// `state<"moving_mean", float, 10>`. Zeros at first.
template <fixed_string Name, class T, dimension... Dims>
inline constexpr auto state = detail::make_leaf<state_op, Name, T, Dims...>();

/// A number chosen at run time, such as a learning rate: `scalar<"rate", float>`. Fed like a placeholder.
template <fixed_string Name, class T>
inline constexpr auto scalar = detail::make_leaf<placeholder_op, Name, T>();

/// Whether node `n` is a parameter that training moves.
constexpr bool is_variable(const auto& n) { return is_op<variable_op>(*n.op); }

} // namespace ctgrad
