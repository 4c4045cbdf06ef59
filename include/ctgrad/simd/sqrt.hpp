// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/compare.hpp>

#include <type_traits>

namespace ctgrad::simd {

namespace detail {

// Built-ins of the instruction set: __builtin_sqrt would test for negative numbers, to set errno.
struct sqrt_registers {
#if !__has_builtin(__builtin_elementwise_sqrt)
#if defined(__AVX512F__) && defined(__clang__)
    [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_sqrtps512(x, 4); }
    [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_sqrtpd512(x, 4); }
#elif defined(__AVX512F__)
    [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_sqrtps512_mask(x, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_sqrtpd512_mask(x, x, all_lanes{}, 4); }
#endif
#if defined(__AVX__)
    [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_sqrtps256(x); }
    [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_sqrtpd256(x); }
#endif
#if defined(__SSE2__)
    [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_sqrtps(x); }
    [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_sqrtpd(x); }
#elif defined(__aarch64__) && !defined(__clang__)
    [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_aarch64_sqrtv4sf(x); }
    [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_aarch64_sqrtv2df(x); }
#endif
#endif
    [[gnu::always_inline]] static float call(float x) { return __builtin_sqrtf(x); }
    [[gnu::always_inline]] static double call(double x) { return __builtin_sqrt(x); }
};

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
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V sqrt(V x) {
    if constexpr (detail::is_scalar<V>) {
        return std::is_constant_evaluated() ? detail::sqrt_by_digits(x) : detail::sqrt_registers::call(x);
    } else {
#if __has_builtin(__builtin_elementwise_sqrt)
        return V{__builtin_elementwise_sqrt(x.native)};
#else
        return detail::by_register<detail::sqrt_registers>(x);
#endif
    }
}

/// 1 / sqrt(x). Accuracy: 1.5 ulp in float and double; infinite for 0, with its sign.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V rsqrt(V x) {
    return V(1) / sqrt(x);
}

} // namespace ctgrad::simd
