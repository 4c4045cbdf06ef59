// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <vector>

/// Functions with options (optimizers, schedules) with every option that is a number fed at the call, so that one program
/// does for all values.
namespace conformance {

template <class... T>
struct pack {};
template <class... A, class... B>
constexpr pack<A..., B...> operator+(pack<A...>, pack<B...>) {
    return {};
}

/// The numeric ones among `Chosen...`, a formula's options and their defaults, without `Left...`.
template <class... Left, class... Chosen>
constexpr auto numeric(ctgrad::settings<Chosen...>, pack<Left...> = {}) {
    return (pack<>{} + ... + [] {
        using option = typename Chosen::option;
        if constexpr (requires { option::accepts; } && (!std::is_same_v<option, Left> && ...))
            return pack<Chosen>{};
        else
            return pack<>{};
    }());
}

/// What a call feeds for an option: a scalar with the option's name.
template <class Option>
constexpr auto scalar_of(Option) {
    return ctgrad::scalar<Option::name, double>;
}

/// The value that a case gives an option; else its default; else one that changes nothing.
template <class Option, class Default>
double value_of(ctgrad::chosen<Option, Default>, const json& arguments) {
    const std::string name(Option::name.view());
    if (given(arguments, name)) return number(arguments[name]);
    if constexpr (ctgrad::detail::is_literal<Default>)
        return Default::value;
    else if (name == "ema_overwrite_frequency")
        return 2147483647;
    else if (name.find("clip") != name.npos)
        return std::ldexp(1, 1000);
    else
        return name == "weight_decay" ? 0 : 1;
}

/// Refuses arguments that are neither options of the formula nor among `others`.
template <class... Chosen>
void check_known(ctgrad::settings<Chosen...>, const json& arguments, std::initializer_list<std::string_view> others) {
    for (const auto& [name, value] : arguments.items()) {
        bool known = value.is_null() || ((Chosen::option::name.view() == name) || ...);
        for (std::string_view other : others) known = known || other == name;
        if (!known) throw skipped("no option " + name);
    }
}

} // namespace conformance
