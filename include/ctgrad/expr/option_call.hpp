// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>

#include <tuple>

namespace ctgrad {

namespace detail {

/// `Own`, and the options of `More...` that it has not.
template <class Own, class... More>
struct joined {
    using type = Own;
};
template <class... Own, class First, class... More>
struct joined<settings<Own...>, First, More...> {
    static constexpr bool known = (std::is_same_v<typename Own::option, typename First::option> || ...);
    using type = typename joined<std::conditional_t<known, settings<Own...>, settings<Own..., First>>, More...>::type;
};

/// Stands for `joined<Own, More...>`, which only a call looks at.
template <class Own, class... More>
struct joining {};
template <class... Own, class... More>
constexpr auto join(settings<Own...>, settings<More...>) {
    return joining<settings<Own...>, More...>{};
}

template <class Settings>
struct resolved {
    using type = Settings;
};
template <class Own, class... More>
struct resolved<joining<Own, More...>> : joined<Own, More...> {};

template <class Formula>
using defaults_of = typename resolved<std::remove_const_t<decltype(Formula::defaults)>>::type;

/// Stands for the option of a number that has no place.
struct nowhere {
    static constexpr fixed_string name = "one more";
};

/// The option in place `At`.
template <std::size_t At, class... C>
constexpr auto placed_option(settings<C...>) {
    if constexpr (At >= sizeof...(C))
        return nowhere{};
    else
        return typename std::tuple_element_t<At, std::tuple<C...>>::option{};
}

/// The option that argument number `At` of a call gives if it names none; flags have no place.
template <std::size_t At, class... C>
constexpr auto option_at(settings<C...> defaults) {
    using found = decltype(placed_option<At>(defaults));
    return std::conditional_t<requires { found::accepts; }, found, nowhere>{};
}

/// Argument number `At` of a call as the option that it gives.
template <class Formula, std::size_t At, class Argument>
auto as_chosen(Argument) {
    if constexpr (std::is_base_of_v<flag_base, Argument>)
        return chosen<Argument, on>{};
    else
        return chosen<decltype(option_at<At>(defaults_of<Formula>{})), Argument>{};
}
template <class Formula, std::size_t At, class Option, class Value>
auto as_chosen(chosen<Option, Value> given) {
    return given;
}

/// The options that a call gives, in their order, which may be wrong.
template <class... Given>
struct given_options {};

/// The value that one of `Given...` has for `Option`, or `Default`.
template <class Option, class Default, class... Given>
struct given_value {
    using type = Default;
};
template <class Option, class Default, class First, class... More>
struct given_value<Option, Default, First, More...> : given_value<Option, Default, More...> {};
template <class Option, class Default, class Value, class... More>
struct given_value<Option, Default, chosen<Option, Value>, More...> {
    using type = Value;
};

/// A call of the function that `Formula` describes, whose options have these defaults.
template <class Formula, class Defaults, class Given>
struct option_call;
template <class Formula, class... C, class... Given>
struct option_call<Formula, settings<C...>, given_options<Given...>> {
    using given = given_options<Given...>;

    using settled = settings<chosen<typename C::option, typename given_value<typename C::option, typename C::value, Given...>::type>...>;

    template <class G>
    static constexpr finding check_option() {
        using option = typename G::option;
        using value = typename G::value;
        constexpr std::string_view name = option::name.view();
        if constexpr (is_poison<value>)
            return fault::reported;
        else if constexpr ((!std::is_same_v<option, typename C::option> && ...))
            return {fault::option_must_be_known, Formula::name, name};
        else if constexpr ((0 + ... + (std::is_same_v<option, typename Given::option> ? 1 : 0)) > 1)
            return {fault::option_must_be_given_once, Formula::name, name};
        else if constexpr (requires { option::accepts; })
            return check_hyperparameter<option::accepts, value>(Formula::name, name);
        else
            return {};
    }

    /// What is wrong with an option that must be given.
    template <class D>
    static constexpr finding check_given() {
        if constexpr (std::is_same_v<typename D::value, required> && (!std::is_same_v<typename D::option, typename Given::option> && ...))
            return {fault::option_must_be_given, Formula::name, D::option::name.view()};
        else
            return {};
    }

    static constexpr finding found = first_of({check_option<Given>()..., check_given<C>()...});
};

template <class Formula, class Positions, class... Argument>
struct placed_call;
template <class Formula, std::size_t... At, class... Argument>
struct placed_call<Formula, std::index_sequence<At...>, Argument...> {
    using type = option_call<Formula, defaults_of<Formula>, given_options<decltype(as_chosen<Formula, At>(Argument{}))...>>;
};

/// A call of the function that `Formula` describes: it has a `name`, and `defaults` (see `options`).
template <class Formula, class... Argument>
using call_of = typename placed_call<Formula, std::index_sequence_for<Argument...>, Argument...>::type;

} // namespace detail

/// Whether an optimizer or schedule, `decltype(adam)`, takes arguments of these types.
template <class F, class... Argument>
concept takes_options = std::remove_const_t<F>::template takes<Argument...>;

} // namespace ctgrad
