// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

struct go_backwards_t;

/// A value that a layer was given by name and keeps.
template <class Option, class Value>
struct kept_value {
    using option = Option;
    Value value;
};

/// What a layer may be given by name, and which is no number: `kernel_initializer = he_normal{}`.
template <fixed_string Name>
struct layer_option {
    static constexpr fixed_string name = Name;

    template <class X>
    constexpr kept_value<layer_option, X> operator=(X x) const {
        return {x};
    }
};

/// The name of a layer or a model, `dense<10>(name<"scores">)`; without one it is named by its kind and number.
template <fixed_string Name>
struct name_text {
    static constexpr auto text = Name;
};
template <fixed_string Name>
inline constexpr kept_value<layer_option<"name">, name_text<Name>> name{};

/// What a layer has or has not: `dense<10>(use_bias<false>)`, `batch_normalization(scale<false>)`.
template <bool Use>
inline constexpr kept_value<layer_option<"use_bias">, std::bool_constant<Use>> use_bias{};
template <bool Use>
inline constexpr kept_value<layer_option<"center">, std::bool_constant<Use>> center{};
template <bool Use>
inline constexpr kept_value<layer_option<"scale">, std::bool_constant<Use>> scale{};

/// What is said of the variable of that name: what fills it before training (`kernel_initializer = he_normal{}`), what it adds to the
/// loss (`kernel_regularizer = l2(0.01_c)`), what keeps it within bounds (`kernel_constraint = max_norm(2_c)`).
inline constexpr layer_option<"kernel_initializer"> kernel_initializer{};
inline constexpr layer_option<"bias_initializer"> bias_initializer{};
inline constexpr layer_option<"kernel_regularizer"> kernel_regularizer{};
inline constexpr layer_option<"bias_regularizer"> bias_regularizer{};
inline constexpr layer_option<"kernel_constraint"> kernel_constraint{};
inline constexpr layer_option<"bias_constraint"> bias_constraint{};
inline constexpr layer_option<"gamma_initializer"> gamma_initializer{};
inline constexpr layer_option<"beta_initializer"> beta_initializer{};
inline constexpr layer_option<"gamma_regularizer"> gamma_regularizer{};
inline constexpr layer_option<"beta_regularizer"> beta_regularizer{};
inline constexpr layer_option<"gamma_constraint"> gamma_constraint{};
inline constexpr layer_option<"beta_constraint"> beta_constraint{};
inline constexpr layer_option<"moving_mean_initializer"> moving_mean_initializer{};
inline constexpr layer_option<"moving_variance_initializer"> moving_variance_initializer{};
inline constexpr layer_option<"embeddings_initializer"> embeddings_initializer{};
inline constexpr layer_option<"embeddings_regularizer"> embeddings_regularizer{};
inline constexpr layer_option<"embeddings_constraint"> embeddings_constraint{};

namespace detail {

/// The options of `Formula` and the name that every layer may have, as far as places go.
template <class Formula>
using layer_defaults = typename joined<defaults_of<Formula>, chosen<layer_option<"name">, name_text<"">>>::type;

/// Argument number `At` of a layer's call as the option that it gives.
template <class Formula, std::size_t At, class Argument>
constexpr auto as_kept(Argument given) {
    using option = decltype(placed_option<At>(defaults_of<Formula>{}));
    return kept_value<option, Argument>{given};
}
template <class, std::size_t, class Option, class Value>
constexpr auto as_kept(kept_value<Option, Value> given) {
    return given;
}
template <class, std::size_t, class Option, class Value>
constexpr auto as_kept(chosen<Option, Value>) {
    return kept_value<Option, Value>{};
}
template <class, std::size_t, int... Axes>
constexpr auto as_kept(axis_t<Axes...>) {
    return kept_value<layer_option<"axis">, axis_t<Axes...>>{};
}

template <class, std::size_t, std::same_as<go_backwards_t> Flag>
constexpr auto as_kept(Flag) {
    return kept_value<layer_option<"go_backwards">, std::true_type>{};
}

template <class Formula, class... Kept>
using layer_call = option_call<Formula, layer_defaults<Formula>, given_options<chosen<typename Kept::option, decltype(Kept::value)>...>>;

/// A default that is no number.
template <fixed_string Name, class Value>
using default_value = chosen<layer_option<Name>, Value>;

/// What a call of a layer gave, and the defaults of `Formula`: `given[kernel_initializer]`.
template <class Formula, class... Kept>
struct kept_values : Kept... {
    template <class Option>
    constexpr auto operator[](Option o) const {
        if constexpr ((std::is_same_v<typename Kept::option, Option> || ...))
            return value_of<Option>(*this);
        else
            return layer_defaults<Formula>::of(o);
    }

private:
    template <class Option, class Value>
    static constexpr Value value_of(const kept_value<Option, Value>& of) {
        return of.value;
    }
};

/// What a call with arguments `Argument...` gives for the options of `Formula`.
template <class Formula, class At, class... Argument>
struct kept_call;
template <class Formula, std::size_t... At, class... Argument>
struct kept_call<Formula, std::index_sequence<At...>, Argument...> {
    using call = layer_call<Formula, decltype(as_kept<Formula, At>(std::declval<Argument>()))...>;
    using values = kept_values<Formula, decltype(as_kept<Formula, At>(std::declval<Argument>()))...>;
    static constexpr bool is_right = call::found.is_fine();

    static constexpr values kept(Argument... given) { return values{as_kept<Formula, At>(given)...}; }
};
template <class Formula, class... Argument>
using kept_call_of = kept_call<Formula, std::index_sequence_for<Argument...>, Argument...>;

} // namespace detail
} // namespace ctgrad
