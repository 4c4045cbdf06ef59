// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/graph/descriptor.hpp>

namespace ctgrad {

/// What leaves are: no inputs, a name, a dtype and a shape.
struct leaf_op {
    static constexpr op_kind kind = op_kind::leaf;
    static constexpr int arity = 0;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

struct placeholder_op : leaf_op {
    static constexpr std::string_view name = "placeholder";
};

struct variable_op : leaf_op {
    static constexpr std::string_view name = "variable";
    static constexpr bool is_parameter = true;
};

/// What an optimizer keeps from step to step: named as the variable that it is kept for, told from its
/// other slots by `numbers[0]`, and before the first step the number in `bits` everywhere.
struct slot_op : leaf_op {
    static constexpr std::string_view name = "slot";
    static constexpr bool is_parameter = true;
};

namespace detail {

template <class Op, fixed_string Name, element T, dimension... Dims>
constexpr auto make_leaf() {
    return make_expr([] {
        static_assert(sizeof...(Dims) <= max_rank, "a tensor has at most 6 axes");
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
template <fixed_string Name, element T, dimension... Dims>
inline constexpr auto placeholder = detail::make_leaf<placeholder_op, Name, T, Dims...>();

/// A parameter that training moves: `variable<"W", float, 784, 10>`. Its numbers live in a
/// parameter store (see `trainer`).
template <fixed_string Name, element T, dimension... Dims>
inline constexpr auto variable = detail::make_leaf<variable_op, Name, T, Dims...>();

/// A number chosen at run time, such as a learning rate: `scalar<"rate", float>`. Fed like a placeholder.
template <fixed_string Name, element T>
inline constexpr auto scalar = detail::make_leaf<placeholder_op, Name, T>();

/// Whether node `n` is a parameter that training moves.
constexpr bool is_variable(const auto& n) { return *n.op == info<variable_op>; }

} // namespace ctgrad
