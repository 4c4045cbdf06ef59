// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/fault.hpp>
#include <ctgrad/core/rule.hpp>
#include <ctgrad/expr/operators.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <type_traits>

namespace ctgrad {

/// What a broken rule evaluates to: everything accepts it silently, so one mistake is one error.
struct poison : expr_base {
    static constexpr tensor_shape shape() { return {}; }
    static constexpr dtype type() { return dtype::float32; }
    static constexpr int rank = 0;

    template <class Data>
    constexpr poison operator=(Data&&) const {
        return {};
    }
    template <class Key>
    constexpr poison operator[](Key&&) const {
        return {};
    }
    template <class... Arguments>
    constexpr poison operator()(Arguments&&...) const {
        return {};
    }
    template <class Number>
        requires std::is_arithmetic_v<Number>
    constexpr operator Number() const {
        return {};
    }
    template <class Stream>
    friend constexpr Stream& operator<<(Stream& s, poison) {
        return s;
    }
    constexpr const float* begin() const { return nullptr; }
    constexpr const float* end() const { return nullptr; }
};

namespace detail {

template <fault Found>
consteval poison no_such_error() {
    static_assert(Found == fault::none && Found != fault::none, "the rule's header is not included, or it takes other facts");
    return {};
}

} // namespace detail

/// The error of a fault, which using it is: each rule is a specialisation, made by `CTGRAD_RULE`. `Facts` are what it shows.
template <fault Found, fact... Facts>
inline constexpr poison broken = detail::no_such_error<Found>();

namespace detail {
template <class Check, int At>
struct fact_of {
    constexpr phrase operator()() const { return Check::found.facts[At]; }
};
template <class Check, int At>
inline constexpr auto fact_shown = show(fact_of<Check, At>{});
} // namespace detail

/// Ends with the error of what a check found. It names the rule itself: a compiler shows each function between it and the user's line.
/// @tparam Check has `static constexpr finding found`.
template <class Check>
constexpr auto refuse() {
    using detail::fact_shown;
    constexpr fault found = Check::found.found;
    constexpr int count = Check::found.count;
    if constexpr (found == fault::reported)
        return poison{};
    else if constexpr (count == 1)
        return broken<found, fact_shown<Check, 0>>;
    else if constexpr (count == 2)
        return broken<found, fact_shown<Check, 0>, fact_shown<Check, 1>>;
    else
        return broken<found, fact_shown<Check, 0>, fact_shown<Check, 1>, fact_shown<Check, 2>>;
}

} // namespace ctgrad
