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

/// What is wrong with the options of a call.
enum class option_mistake : std::uint8_t { none, poisoned, bare_number, unknown, repeated, out_of_range, no_number, missing };

struct option_fault {
    option_mistake found = option_mistake::none;
    std::string_view option{};
    phrase given{}; ///< The option and its value.
    std::string_view takes{};
};

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
    if constexpr (std::is_base_of_v<flag<Argument>, Argument>)
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

template <class Defaults, class Given>
struct option_call;
template <class... C, class... Given>
struct option_call<settings<C...>, given_options<Given...>> {
    using given = given_options<Given...>;

    using settled = settings<chosen<typename C::option, typename given_value<typename C::option, typename C::value, Given...>::type>...>;

    template <class G>
    static constexpr option_fault fault_of() {
        using option = typename G::option;
        using value = typename G::value;
        option_fault of;
        of.option = option::name.view();
        if constexpr (is_poison<value>)
            of.found = option_mistake::poisoned;
        else if constexpr ((!std::is_same_v<option, typename C::option> && ...))
            of.found = option_mistake::unknown;
        else if constexpr ((0 + ... + (std::is_same_v<option, typename Given::option> ? 1 : 0)) > 1)
            of.found = option_mistake::repeated;
        else if constexpr (requires { option::accepts; }) {
            of.given = hyperparameter_phrase<value>(option::name.view());
            of.takes = name_of(option::accepts);
            constexpr hyperparameter_fault wrong = hyperparameter_fault_of<option::accepts, value>();
            if (wrong == hyperparameter_fault::bare) of.found = option_mistake::bare_number;
            if (wrong == hyperparameter_fault::range) of.found = option_mistake::out_of_range;
            if (wrong == hyperparameter_fault::no_number) of.found = option_mistake::no_number;
        }
        return of;
    }

    static constexpr option_fault fault = [] {
        option_fault first;
        auto look = [&first](const option_fault& next) {
            if (first.found == option_mistake::none) first = next;
        };
        (look(fault_of<Given>()), ...);
        [[maybe_unused]] auto need = [&look]<class D>(D*) { // a function may have no options
            constexpr bool given = (std::is_same_v<typename D::option, typename Given::option> || ...);
            if (std::is_same_v<typename D::value, required> && !given) look({option_mistake::missing, D::option::name.view(), {}, {}});
        };
        (need(static_cast<C*>(nullptr)), ...);
        return first;
    }();
};

template <class Formula, class Positions, class... Argument>
struct placed_call;
template <class Formula, std::size_t... At, class... Argument>
struct placed_call<Formula, std::index_sequence<At...>, Argument...> {
    using type = option_call<defaults_of<Formula>, given_options<decltype(as_chosen<Formula, At>(Argument{}))...>>;
};

/// A call of the function that `Formula` describes: it has a `name`, and `defaults` (see `options`).
template <class Formula, class... Argument>
using call_of = typename placed_call<Formula, std::index_sequence_for<Argument...>, Argument...>::type;

/// Says what is wrong with a call.
template <class Formula, class Call>
constexpr auto refuse_options() {
    constexpr option_mistake found = Call::fault.found;
    constexpr auto function = show([] { return Formula::name; });
    constexpr auto name = show([] { return Call::fault.option; });
    constexpr auto given = show([] { return Call::fault.given; });
    if constexpr (found == option_mistake::poisoned)
        return poison{};
    else if constexpr (found == option_mistake::bare_number)
        return number_must_be_a_literal<function, name>;
    else if constexpr (found == option_mistake::unknown)
        return option_must_be_known<function, name>;
    else if constexpr (found == option_mistake::repeated)
        return option_must_be_given_once<function, name>;
    else if constexpr (found == option_mistake::out_of_range)
        return hyperparameter_must_be_in_range<function, given, show([] { return Call::fault.takes; })>;
    else if constexpr (found == option_mistake::no_number)
        return hyperparameter_must_be_one_number<function, given>;
    else
        return option_must_be_given<function, name>;
}

} // namespace detail

/// Whether an optimizer or schedule, `decltype(adam)`, takes arguments of these types.
template <class F, class... Argument>
concept takes_options = std::remove_const_t<F>::template takes<Argument...>;

} // namespace ctgrad
