// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/transpose.hpp>

#include <utility>

/// @file What layers of sequences `[N, T, F]` have in common.

namespace ctgrad {

/// Arguments: the layer, the shape that it is given.
template <fact Layer, fact Given>
CTGRAD_RULE(input_must_be_sequences,
            "a layer of sequences reads [N,T,F], T steps of F floating numbers: reshape, expand_dims, or embedding "
            "of class numbers.")
inline constexpr poison broken<fault::input_must_be_sequences, Layer, Given>{};

namespace detail {

/// Whether `X` is an `[N, T, F]`.
template <class X>
constexpr bool are_sequences() {
    if constexpr (is_expr<X>)
        return X::rank == 3 && is_floating(X::type());
    else
        return false;
}
template <class X>
constexpr finding check_sequences(std::string_view layer) {
    if constexpr (are_sequences<X>())
        return {};
    else if constexpr (is_expr<X>)
        return {fault::input_must_be_sequences, layer, phrase_of(X::type(), X::shape())};
    else
        return {fault::layer_must_read_what_it_is_given, layer, phrase_of_passed<X>()};
}

/// `[N, T, ...]` as `[T, N, ...]`, and back.
template <class X>
constexpr auto time_first(X x) {
    return [&]<int... K>(std::integer_sequence<int, K...>) {
        return ctgrad::transpose(x, permutation<1, 0, K + 2 ...>);
    }(std::make_integer_sequence<int, X::rank - 2>());
}

template <class At, fixed_string Name>
using option_of = std::remove_const_t<decltype(std::declval<const At&>()[layer_option<Name>{}])>;
/// Whether layer `At` has or does `Name`.
template <class At, fixed_string Name>
inline constexpr bool says = option_of<At, Name>::value;

} // namespace detail
} // namespace ctgrad
