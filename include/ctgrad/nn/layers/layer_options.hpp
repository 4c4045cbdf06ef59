// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>

namespace ctgrad {

/// A value that a layer was given by name and keeps.
template <class Option, class Value>
struct kept_value {
    using option = Option;
    Value value;
};

/// What a layer may be given by name, and which is no number: `kernel_initializer = he_normal{}`.
/// @tparam Self the option itself, which has a `name`.
template <class Self>
struct layer_option {
    template <class X>
    constexpr kept_value<Self, X> operator=(X x) const {
        return {x};
    }
};

struct name_t {
    static constexpr fixed_string name = "name";
};
/// The name of a layer or a model, `dense<10>(name<"scores">)`; without one it is named by its kind and number.
template <fixed_string Name>
struct name_text {
    static constexpr auto text = Name;
};
template <fixed_string Name>
inline constexpr kept_value<name_t, name_text<Name>> name{};

struct use_bias_t {
    static constexpr fixed_string name = "use_bias";
};
/// `dense<10>(use_bias<false>)`.
template <bool Use>
inline constexpr kept_value<use_bias_t, std::bool_constant<Use>> use_bias{};

struct kernel_initializer_t : layer_option<kernel_initializer_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "kernel_initializer";
};
inline constexpr kernel_initializer_t kernel_initializer{};
struct bias_initializer_t : layer_option<bias_initializer_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "bias_initializer";
};
inline constexpr bias_initializer_t bias_initializer{};
struct kernel_regularizer_t : layer_option<kernel_regularizer_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "kernel_regularizer";
};
inline constexpr kernel_regularizer_t kernel_regularizer{};
struct bias_regularizer_t : layer_option<bias_regularizer_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "bias_regularizer";
};
inline constexpr bias_regularizer_t bias_regularizer{};
struct kernel_constraint_t : layer_option<kernel_constraint_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "kernel_constraint";
};
inline constexpr kernel_constraint_t kernel_constraint{};
struct bias_constraint_t : layer_option<bias_constraint_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "bias_constraint";
};
inline constexpr bias_constraint_t bias_constraint{};

namespace detail {

/// The options of `Formula` and the name that every layer may have, as far as places go.
template <class Formula>
using layer_defaults = decltype(join(Formula::defaults, settings<chosen<name_t, name_text<"">>>{}));

/// Argument number `At` of a layer's call as the option that it gives.
template <class Formula, std::size_t At, class Argument>
constexpr auto as_kept(Argument given) {
    using option = decltype(placed_option<At>(Formula::defaults));
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

template <class Formula, class... Kept>
using layer_call = option_call<layer_defaults<Formula>, given_options<chosen<typename Kept::option, decltype(Kept::value)>...>>;

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

} // namespace detail
} // namespace ctgrad
