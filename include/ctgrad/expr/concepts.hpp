// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Questions about expressions, answered by what the rules ask: for templates of other libraries.

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

namespace detail {

template <class... X>
constexpr fault broadcasting_of() {
    const attributes facts[] = {facts_of<X>(dtype::float32)...};
    const attributes* inputs[sizeof...(X)];
    for (std::size_t i = 0; i < sizeof...(X); ++i) inputs[i] = &facts[i];
    return common_shape(inputs, static_cast<int>(sizeof...(X))).found;
}

template <class... X>
constexpr bool share_dtype() {
    const dtype literal = literal_type<no_options, X...>();
    const dtype types[] = {facts_of<X>(literal).type...};
    for (const dtype each : types)
        if (each != types[0]) return false;
    return true;
}

} // namespace detail

/// Whether `Op` can be applied to `X...`: no bare number, no name with two meanings, shapes and dtypes that fit.
template <class Op, class... X>
concept applicable = (operand<X> && ...) && detail::fault_on<Op, no_options, std::remove_const_t<X>...>() == fault::none &&
                     detail::check_names<X...>().is_fine();

/// Whether an elementwise op finds a common shape of `X...` (`shapes_must_broadcast`,
/// `broadcast_must_expand_one_side`).
template <class... X>
concept broadcastable = (operand<X> && ...) && detail::broadcasting_of<std::remove_const_t<X>...>() == fault::none;

/// Whether `X...` have one dtype; numbers take any (`dtypes_must_match`).
template <class... X>
concept same_dtype = (operand<X> && ...) && detail::share_dtype<std::remove_const_t<X>...>();

/// Whether the elements of `X` are of that kind (`dtype_must_be_floating`, ...).
template <class X>
concept floating_expression = detail::is_expr<X> && is_floating(X::type());
template <class X>
concept numeric_expression = detail::is_expr<X> && X::type() != dtype::boolean;
template <class X>
concept integer_expression = detail::is_expr<X> && X::type() == dtype::int32;
template <class X>
concept boolean_expression = detail::is_expr<X> && X::type() == dtype::boolean;

/// Whether leaves of one name are one leaf in all of `X...` (`name_must_mean_one_leaf`).
template <class... X>
concept names_agree = (expression<X> && ...) && detail::check_names<X...>().is_fine();

} // namespace ctgrad
