// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>

#include <cstdint>
#include <string_view>

namespace ctgrad {

/// Which numbers a hyperparameter takes; `natural` ones may be int32 at run time.
enum class interval : std::uint8_t { any, not_negative, not_positive, positive, fraction, inner_fraction, probability, whole, natural };

constexpr bool contains(interval i, double x) {
    switch (i) {
    case interval::any: return true;
    case interval::not_negative: return x >= 0;
    case interval::not_positive: return x <= 0;
    case interval::positive: return x > 0;
    case interval::fraction: return x >= 0 && x < 1;
    case interval::inner_fraction: return x > 0 && x < 1;
    case interval::probability: return x >= 0 && x <= 1;
    case interval::whole: return x >= 1 && contains(interval::natural, x);
    case interval::natural: return x >= 0 && x <= 2147483647 && static_cast<double>(static_cast<std::int32_t>(x)) == x;
    }
    return false;
}
constexpr std::string_view name_of(interval i) {
    constexpr std::string_view names[] = {
        "a number", "0 or more",  "0 or less", "more than 0", "0 or more, less than 1", "more than 0, less than 1",
        "0 to 1",   "1, 2, 3...", "0, 1, 2..."};
    return names[static_cast<std::size_t>(i)];
}

/// Arguments: the function, the hyperparameter and its value, the values that it takes.
template <fact Function, fact Given, fact Takes>
CTGRAD_RULE(hyperparameter_must_be_in_range, "give one that it takes.")
inline constexpr poison broken<fault::hyperparameter_must_be_in_range, Function, Given, Takes>{};

/// Arguments: the optimizer, the hyperparameter and its dtype and shape.
template <fact Optimizer, fact Given>
CTGRAD_RULE(hyperparameter_must_be_one_number, "give a number, 0.5_c, or name one for the call: scalar<\"rate\", float>.")
inline constexpr poison broken<fault::hyperparameter_must_be_one_number, Optimizer, Given>{};

namespace detail {

/// `value` as a number with up to 6 decimals, for an error.
constexpr phrase decimal_phrase(double value) {
    phrase text(value < 0 ? "-" : "");
    const double size = value < 0 ? -value : value;
    if (!(size < 1e12)) return text << "1e12 or more";
    auto millionths = static_cast<std::int64_t>(size * 1e6 + 0.5);
    if (millionths == 0 && size > 0) return text << "less than 0.000001";
    text << millionths / 1'000'000;
    millionths %= 1'000'000;
    if (millionths != 0) text << ".";
    for (std::int64_t unit = 100'000; millionths != 0; unit /= 10) {
        text << millionths / unit;
        millionths %= unit;
    }
    return text;
}

/// What an error shows of hyperparameter `X`.
template <class X>
constexpr phrase hyperparameter_phrase(std::string_view name) {
    phrase text(name);
    text << " = ";
    if constexpr (is_literal<X>)
        return text << decimal_phrase(X::value);
    else if constexpr (is_expr<X>)
        return text << phrase_of(X::type(), X::shape());
    else
        return text << "no number";
}

} // namespace detail

/// What is wrong with `X` as a hyperparameter with values in `Range`: the fault, and the hyperparameter as its error shows it.
/// @param function whose hyperparameter it is. @param name the hyperparameter.
template <interval Range, class X>
constexpr finding check_hyperparameter(std::string_view function, std::string_view name) {
    const phrase given = detail::hyperparameter_phrase<X>(name);
    if constexpr (std::is_arithmetic_v<X>)
        return {fault::number_must_be_a_literal, function, name};
    else if constexpr (detail::is_literal<X>) {
        if (!contains(Range, X::value)) return {fault::hyperparameter_must_be_in_range, function, given, name_of(Range)};
    } else if constexpr (detail::is_expr<X>) {
        const bool is_number = is_floating(X::type()) || (Range == interval::natural && X::type() == dtype::int32);
        if (X::rank != 0 || !is_number) return {fault::hyperparameter_must_be_one_number, function, given};
    } else if constexpr (!detail::is_poison<X>)
        return {fault::hyperparameter_must_be_one_number, function, given};
    return {};
}

/// Whether `X` can be a rate, or a decay, of an optimizer.
template <class X>
concept valid_rate = check_hyperparameter<interval::not_negative, std::remove_const_t<X>>("", "").is_fine();
template <class X>
concept valid_decay = check_hyperparameter<interval::fraction, std::remove_const_t<X>>("", "").is_fine();

} // namespace ctgrad
