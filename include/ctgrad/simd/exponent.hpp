// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/compare.hpp>

#include <type_traits>

/// @file Taking numbers apart into significand and power of two, and putting them together.

namespace ctgrad::simd::detail {

/// Whether vecs of this type fill AVX-512 registers, which have instructions for all of this file.
template <class V>
inline constexpr bool has_exponent_instructions = CTGRAD_SIMD_REGISTER == 64 && sizeof(V) >= 64;

/// 2^n for an integral n whose power is a normal number.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V power_of_two(V n) {
    using format = format_of<V>;
    return from_bits<V>(bits(n + V(format::to_integer + element_t<V>(format::bias))) << format::fraction_bits);
}

/// x * 2^n for n >= 0 in constant expressions.
template <class T>
constexpr T scale_up(T x, T n) {
    for (; n > T{0}; n -= T{1}) {
        if (abs(x) >= T(1) / format<T>::smallest_normal * T(2)) return copysign(format<T>::infinity, x);
        x += x;
    }
    return x;
}

/// x * 2^n, rounded once also where it is subnormal; |n| up to twice the largest exponent.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V scale(V x, V n) {
    if constexpr (has_exponent_instructions<V>) {
        return by_register<wide_instructions::scale>(x, n);
    } else {
        // Overflow is no constant expression.
        if constexpr (is_scalar<V>)
            if (std::is_constant_evaluated() && n > V(0)) return scale_up(x, n);
        // In two steps, as one factor may be out of range. Half of n is exact or rounds to an integer.
        const V shift = format_of<V>::to_integer;
        const V half = (n * V(element_t<V>(0.5)) + shift) - shift;
        return x * power_of_two(half) * power_of_two(n - half);
    }
}

/// The bits of each integer moved to the right, zeros after them (there is no signed shift of 64 bits in
/// AVX2).
template <class I>
[[gnu::always_inline]] constexpr I shift_right_unsigned(I i, int count) {
    if constexpr (requires { i.native; }) {
        using native = native_vector_t<std::make_unsigned_t<typename I::element>, I::lanes>;
        return I{reinterpret_cast<typename I::native_type>(reinterpret_cast<native>(i.native) >> count)};
    } else {
        return static_cast<I>(static_cast<std::make_unsigned_t<I>>(i) >> count);
    }
}

template <class V>
struct significand_and_exponent {
    V significand, exponent;
};

/// x = significand * 2^exponent with the significand in [3/4, 3/2), for x > 0, subnormal or not.
/// The instructions of AVX-512 give NaN below 0 and an infinite exponent at 0 and infinity, others nonsense.
template <floating_lanes V>
[[gnu::always_inline]] constexpr significand_and_exponent<V> decompose(V x) {
    using format = format_of<V>;
    using T = element_t<V>;
    using I = integer_t<V>;
    using integer = integer_t<T>;
    if constexpr (has_exponent_instructions<V>) {
        const V m = by_register<wide_instructions::significand>(x);
        const V e = by_register<wide_instructions::exponent>(x);
        return {m, select(m < V(1), e + V(1), e)};
    } else {
        constexpr integer one = integer{1} << format::fraction_bits;
        constexpr T up = T(one) * 4; // enough to make the smallest subnormal a normal number
        const V positive = abs(x);
        const auto small = positive < V(format::smallest_normal);
        const I i = bits(positive * select(small, V(up), V(1)));
        // Less half a unit of the exponent, so that significands below 3/4 belong to the one before.
        constexpr integer below_one = format::bias - 1;
        const I e = shift_right_unsigned(i - I(one / 2), format::fraction_bits);
        const V m = from_bits<V>(i - (e << format::fraction_bits) + I(below_one * one));
        // e is small and not negative: as low bits of a large number it becomes floating.
        const V k = from_bits<V>(e | I(bits(T(one)))) - V(T(one) + T(below_one));
        return {m, select(small, k - V(T(format::fraction_bits + 2)), k)};
    }
}

} // namespace ctgrad::simd::detail
