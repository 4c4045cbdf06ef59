// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

#include <cstddef>
#include <string_view>

namespace ctgrad {

/// A string literal as a template argument: `placeholder<"x", float, 3>`.
template <std::size_t N>
struct fixed_string {
    char text[N]{};

    consteval fixed_string(const char (&literal)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }

    constexpr fixed_string() = default;

    constexpr std::string_view view() const { return {text, N - 1}; }
};

/// Both texts, one behind the other.
template <std::size_t N, std::size_t M>
constexpr fixed_string<N + M - 1> operator+(const fixed_string<N>& a, const fixed_string<M>& b) {
    fixed_string<N + M - 1> both;
    for (std::size_t i = 0; i + 1 < N; ++i) both.text[i] = a.text[i];
    for (std::size_t i = 0; i < M; ++i) both.text[N - 1 + i] = b.text[i];
    return both;
}
template <std::size_t N, std::size_t M>
constexpr auto operator+(const fixed_string<N>& a, const char (&b)[M]) {
    fixed_string<M> text;
    for (std::size_t i = 0; i < M; ++i) text.text[i] = b[i];
    return a + text;
}

namespace detail {

constexpr std::size_t digit_count(std::size_t n) { return n < 10 ? 1 : 1 + digit_count(n / 10); }

} // namespace detail

/// `Number` in decimal digits.
template <std::size_t Number>
constexpr auto decimal_text() {
    constexpr std::size_t digits = detail::digit_count(Number);
    fixed_string<digits + 1> text;
    for (std::size_t i = 0, rest = Number; i < digits; ++i, rest /= 10) text.text[digits - 1 - i] = static_cast<char>('0' + rest % 10);
    return text;
}

} // namespace ctgrad
