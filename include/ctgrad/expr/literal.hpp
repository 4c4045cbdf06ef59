// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/expr/expr.hpp>

#include <bit>
#include <cstdint>

namespace ctgrad {

/// A number in an expression, part of its type: `0.5_c`. It takes the dtype and, by broadcasting,
/// the shape of what it meets. `Bits` are those of a double.
template <std::uint64_t Bits>
struct literal : expr_base {
    static constexpr double value = std::bit_cast<double>(Bits);
};

namespace detail {

/// `literal<number_bits(0.5)>` is what `0.5_c` is. (Clang 16 takes no double as a template argument.)
constexpr std::uint64_t number_bits(double value) { return std::bit_cast<std::uint64_t>(value); }

template <class T>
inline constexpr bool is_literal = false;
template <std::uint64_t Bits>
inline constexpr bool is_literal<literal<Bits>> = true;
template <class T>
inline constexpr bool is_literal<const T> = is_literal<T>;

/// `digits` times 10 to `exponent`, correctly rounded while the digits fit 64 bits and the exponent
/// lies in [-19, 19]; outside, in long double and then rounded.
constexpr double decimal(std::uint64_t digits, int exponent) {
    // Where both are exact in double, one operation rounds once (Clinger 1990), and constant evaluation is short.
    if (digits < (std::uint64_t{1} << 53) && exponent >= -22 && exponent <= 22) {
        double factor = 1;
        for (int i = 0; i < (exponent < 0 ? -exponent : exponent); ++i) factor *= 10;
        return exponent < 0 ? static_cast<double>(digits) / factor : static_cast<double>(digits) * factor;
    }
    __extension__ using wide = unsigned __int128;
    std::uint64_t power = 1;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent) && i < 19; ++i) power *= 10;
    if (exponent < -19 || exponent > 19) {
        long double x = static_cast<long double>(digits);
        for (int i = 0; i < exponent; ++i) x *= 10;
        long double divisor = 1;
        for (int i = 0; i < -exponent; ++i) divisor *= 10;
        return static_cast<double>(x / divisor);
    }
    // An exact 128-bit quotient whose last bit is sticky; the conversion then rounds once.
    wide quotient = static_cast<wide>(digits) * (exponent > 0 ? power : 1);
    int scale = 0;
    if (exponent < 0) {
        const int shift = std::countl_zero(digits);
        quotient = static_cast<wide>(digits << shift) << 64;
        const bool inexact = quotient % power != 0;
        quotient = quotient / power | (inexact ? 1u : 0u);
        scale = -64 - shift;
    }
    int extra = 0; // bring the quotient to 64 bits, keeping what is cut as a sticky bit
    while (quotient >> 64 != 0) {
        quotient = quotient >> 1 | (quotient & 1u);
        ++extra;
    }
    double x = static_cast<double>(static_cast<std::uint64_t>(quotient));
    for (int i = scale + extra; i < 0; ++i) x *= 0.5;
    for (int i = 0; i < scale + extra; ++i) x *= 2;
    return x;
}

constexpr double parse_number(const char* text) {
    std::uint64_t digits = 0;
    int exponent = 0;
    int i = 0;
    bool fraction = false;
    for (; text[i] != '\0' && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.')
            fraction = true;
        else if (text[i] != '\'') {
            if (text[i] < '0' || text[i] > '9') not_a_constant("a number such as 0.5_c, 3_c or 1e-7_c");
            if (digits < 1'000'000'000'000'000'000u) { // 19 digits are more than a double keeps
                digits = digits * 10 + static_cast<std::uint64_t>(text[i] - '0');
                exponent -= fraction ? 1 : 0;
            } else
                exponent += fraction ? 0 : 1;
        }
    }
    if (text[i] != '\0') {
        const bool negative = text[++i] == '-';
        if (text[i] == '-' || text[i] == '+') ++i;
        int e = 0;
        for (; text[i] != '\0'; ++i) e = e * 10 + (text[i] - '0');
        exponent += negative ? -e : e;
    }
    return decimal(digits, exponent);
}

} // namespace detail

namespace literals {

/// A number in an expression: `0.5_c`, `3_c`, `1e-7_c`.
template <char... C>
constexpr auto operator""_c() {
    constexpr char text[] = {C..., '\0'};
    return literal<detail::number_bits(detail::parse_number(text))>{};
}

} // namespace literals

namespace detail {
/// A number as a template argument. (Clang 16 takes no double as one.)
struct number_argument {
    std::uint64_t bits;
    template <class Number>
        requires std::is_arithmetic_v<Number>
    constexpr number_argument(Number value) : bits(number_bits(static_cast<double>(value))) {}
};
} // namespace detail

/// A constexpr number in an expression: `number<rate / 2>` is what its digits with `_c` would be.
template <detail::number_argument Value>
inline constexpr literal<Value.bits> number{};
} // namespace ctgrad
