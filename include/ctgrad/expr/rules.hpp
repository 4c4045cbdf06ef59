// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/rule.hpp>
#include <ctgrad/expr/literal.hpp>
#include <ctgrad/shape/phrase.hpp>
#include <ctgrad/shape/verdict.hpp>

namespace ctgrad {

/// What an error shows of operand `X`: its shape, and its dtype where the rule is about dtypes.
template <verdict Found, class X>
inline constexpr auto facts_shown = show([] {
    if constexpr (detail::is_literal<X>)
        return phrase("number");
    else if constexpr (Found >= verdict::dtypes_must_match)
        return phrase_of(X::type(), X::shape());
    else
        return phrase_of(X::shape());
});

/// The rules that inference checks, each named by its verdict. Arguments: the op, then its operands.
template <verdict Found, fact... Facts>
inline constexpr poison mistake{};

template <fact... F>
CTGRAD_RULE(shapes_must_broadcast, "extents must be equal or 1, aligned at the last axis: reshape one operand, or expand_dims it.")
inline constexpr poison mistake<verdict::shapes_must_broadcast, F...>{};

template <fact... F>
CTGRAD_RULE(broadcast_must_expand_one_side, "both operands would grow: make the shapes equal with reshape, expand_dims or broadcast_to.")
inline constexpr poison mistake<verdict::broadcast_must_expand_one_side, F...>{};

template <fact... F>
CTGRAD_RULE(matmul_inner_dimensions_must_match, "[M,K] times [K,N]: transpose an operand (transpose_a, transpose_b) or fix its shape.")
inline constexpr poison mistake<verdict::matmul_inner_dimensions_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(matmul_operands_must_be_matrices, "give a vector a second axis with expand_dims.")
inline constexpr poison mistake<verdict::matmul_operands_must_be_matrices, F...>{};

template <fact... F>
CTGRAD_RULE(batch_dimensions_must_match, "the axes before the last two must be equal, or stand on one operand only.")
inline constexpr poison mistake<verdict::batch_dimensions_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(axis_must_be_in_range, "axes count from 0 to rank - 1, or from -rank to -1 from the end.")
inline constexpr poison mistake<verdict::axis_must_be_in_range, F...>{};

template <fact... F>
CTGRAD_RULE(axes_must_be_distinct, "name each axis once.")
inline constexpr poison mistake<verdict::axes_must_be_distinct, F...>{};

template <fact... F>
CTGRAD_RULE(size_must_stay_the_same, "a reshape keeps the number of elements, and a squeezed axis has extent 1.")
inline constexpr poison mistake<verdict::size_must_stay_the_same, F...>{};

template <fact... F>
CTGRAD_RULE(slice_must_lie_inside, "begin + size must not exceed the extent; a named dimension is taken whole (begin 0, size -1).")
inline constexpr poison mistake<verdict::slice_must_lie_inside, F...>{};

template <fact... F>
CTGRAD_RULE(extents_must_match_outside_axis, "only the extent along the axis may differ.")
inline constexpr poison mistake<verdict::extents_must_match_outside_axis, F...>{};

template <fact... F>
CTGRAD_RULE(dimension_must_be_static, "use a number there instead of a named dimension.")
inline constexpr poison mistake<verdict::dimension_must_be_static, F...>{};

template <fact... F>
CTGRAD_RULE(rank_must_fit, "the number of axes is wrong here.")
inline constexpr poison mistake<verdict::rank_must_fit, F...>{};

template <fact... F>
CTGRAD_RULE(dtypes_must_match, "convert one operand with cast<T>(x).")
inline constexpr poison mistake<verdict::dtypes_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_floating, "convert the operand with cast<float>(x).")
inline constexpr poison mistake<verdict::dtype_must_be_floating, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_numeric, "convert the mask with cast<float>(x).")
inline constexpr poison mistake<verdict::dtype_must_be_numeric, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_integer, "labels and indices are std::int32_t: convert with cast<std::int32_t>(x).")
inline constexpr poison mistake<verdict::dtype_must_be_integer, F...>{};

template <fact... F>
CTGRAD_RULE(dtype_must_be_boolean, "compare to get a mask, for instance x > 0_c.")
inline constexpr poison mistake<verdict::dtype_must_be_boolean, F...>{};

/// Arguments: the op.
template <fact Op>
CTGRAD_RULE(number_must_be_a_literal, "write 0.5_c instead of 0.5 (using namespace ctgrad::literals), or name a run-time number: scalar<\"a\", float>.")
inline constexpr poison number_must_be_a_literal{};

/// Arguments: the name.
template <fact Name>
CTGRAD_RULE(name_must_mean_one_leaf, "two leaves have this name but another kind, shape or dtype: rename one.")
inline constexpr poison name_must_mean_one_leaf{};

namespace detail {

/// A name that stands for two different leaves among the operands, or none.
template <class... X>
constexpr const symbol* clashing_name() {
    list<node> leaves;
    const symbol* clash = nullptr;
    auto collect = [&]<class E>(E*) {
        if constexpr (is_expr<E>) {
            const graph_view g = E::graph();
            for (int i = 0; i < g.size; ++i) {
                if (g[i].op->kind != op_kind::leaf) continue;
                for (const node& seen : leaves)
                    if (seen.name == g[i].name && seen.hash != g[i].hash) clash = g[i].name;
                leaves.push_back(g[i]);
            }
        }
    };
    (collect(static_cast<X*>(nullptr)), ...);
    return clash;
}

template <class... X>
constexpr bool names_agree() {
    return sizeof...(X) < 2 || clashing_name<X...>() == nullptr;
}

} // namespace detail
} // namespace ctgrad
