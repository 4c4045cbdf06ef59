// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/compare.hpp>

#include <type_traits>

namespace ctgrad::simd {

namespace detail {

/// The root digit by digit, in integers, rounded to nearest: for constant expressions.
template <class T>
constexpr T sqrt_by_digits(T x) {
    using format = detail::format<T>;
    if (x != x || x == T{0} || x == format::infinity) return x;
    if (x < T{0}) return format::nan;
    int exponent = 0;
    if (x < format::smallest_normal) {
        x *= T(1ULL << format::fraction_bits) * 2;
        exponent = -format::fraction_bits - 1;
    }
    const auto raw = static_cast<std::uint64_t>(bits(x));
    std::uint64_t rest = (raw & ((1ULL << format::fraction_bits) - 1)) | (1ULL << format::fraction_bits);
    exponent += static_cast<int>(raw >> format::fraction_bits) - format::bias;
    if (exponent % 2 != 0) {
        rest <<= 1;
        exponent -= 1;
    }
    // root^2 <= rest * 4^k < (root + 1)^2 after k steps; one digit more than the format holds, to round.
    std::uint64_t root = 0, digit = 1ULL << (format::fraction_bits + 1);
    rest <<= 1;
    for (; digit != 0; digit >>= 1) {
        const std::uint64_t next = 2 * root + digit;
        if (rest >= next) {
            rest -= next;
            root += digit;
        }
        rest <<= 1;
    }
    root = (root + 1) >> 1; // never a tie
    const auto biased = static_cast<std::uint64_t>(exponent / 2 + format::bias - 1);
    return from_bits<T>(static_cast<integer_t<T>>((biased << format::fraction_bits) + root));
}

} // namespace detail

/// The square root, rounded correctly: NaN below zero, -0 for -0.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V sqrt(V x) {
    if constexpr (detail::is_scalar<V>) {
        return std::is_constant_evaluated() ? detail::sqrt_by_digits(x) : detail::instructions::square_root::call(x);
    } else {
        return detail::by_register<detail::instructions::square_root>(x);
    }
}

/// 1 / sqrt(x). Accuracy: 1.5 ulp in float and double; infinite for 0, with its sign.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V rsqrt(V x) {
    return V(1) / sqrt(x);
}

} // namespace ctgrad::simd
