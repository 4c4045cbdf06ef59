// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/hyperparameter.hpp>

namespace ctgrad {

/// A value that a call gave to an option.
template <class Option, class Value>
struct chosen {
    using option = Option;
    using value = Value;
    static constexpr Value of(Option) { return {}; }
};

/// What a call may say by name: `beta_1 = 0.9_c`. The value is a number, a run-time `scalar`, or any
/// expression of them and of `iterations`.
/// @tparam Self the option itself: `struct rho_t : option<rho_t, "rho", interval::fraction> { using option::operator=; };`
template <class Self, fixed_string Name, interval Accepts = interval::any>
struct option {
    static constexpr fixed_string name = Name;
    static constexpr interval accepts = Accepts;

    template <class X>
    constexpr chosen<Self, X> operator=(X) const {
        return {};
    }
};

/// The value of an option that a call need not give, and which then does nothing.
struct unset {};
/// The value of an option that a call must give.
struct required {};

/// The base of flags.
struct flag_base {};
/// What a call may ask for by naming it: `sgd(0.1_c, nesterov)`.
/// @tparam Self the flag itself: `struct nesterov_t : flag<nesterov_t, "nesterov"> {};`
template <class Self, fixed_string Name>
struct flag : flag_base {
    static constexpr fixed_string name = Name;
};
/// The value of a flag that a call names.
struct on {};

namespace detail {

template <class... Chosen>
struct values_by_option : Chosen... {
    using Chosen::of...;
};
template <>
struct values_by_option<> {
    static void of();
};

} // namespace detail

/// Options and their values: `how.of(beta_1)`, `how.has(nesterov)`.
template <class... Chosen>
struct settings {
    template <class Option>
    static constexpr auto of(Option o) -> decltype(detail::values_by_option<Chosen...>::of(o)) {
        return {};
    }
    template <class Option>
    static constexpr bool has(Option o) {
        if constexpr (requires { settings::of(o); })
            return !std::is_same_v<decltype(settings::of(o)), unset>;
        else
            return false;
    }
};

namespace detail {

template <class Option, class Value>
chosen<Option, Value> default_of(chosen<Option, Value>);
template <class Flag, fixed_string Name>
chosen<Flag, unset> default_of(flag<Flag, Name>);

} // namespace detail

/// The options of a function with their defaults, in the order in which a call may also give them
/// without names: `options(learning_rate = 0.001_c, beta_1 = 0.9_c, clipnorm = unset{}, amsgrad)`.
template <class... Argument>
constexpr settings<decltype(detail::default_of(Argument{}))...> options(Argument...) {
    return {};
}

/// Arguments: the function, the option.
template <fact Function, fact Option>
CTGRAD_RULE(option_must_be_known, "this function has no such option.")
inline constexpr poison broken<fault::option_must_be_known, Function, Option>{};

/// Arguments: the function, the option.
template <fact Function, fact Option>
CTGRAD_RULE(option_must_be_given_once, "say it once, by its place or by its name.")
inline constexpr poison broken<fault::option_must_be_given_once, Function, Option>{};

/// Arguments: the function, the option.
template <fact Function, fact Option>
CTGRAD_RULE(option_must_be_given, "it has no default: say option = 1_c.")
inline constexpr poison broken<fault::option_must_be_given, Function, Option>{};

} // namespace ctgrad
