// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/traits.hpp>

namespace ctgrad::simd {

namespace detail {

// The instruction, which is c < x ? c : x exactly; with AVX-512 g++ 12 makes a mask and a choice of the select.
#if defined(__AVX512F__) && !defined(__clang__)
struct smaller_registers {
    [[gnu::always_inline]] static v16f call(v16f c, v16f x) { return __builtin_ia32_minps512_mask(c, x, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d c, v8d x) { return __builtin_ia32_minpd512_mask(c, x, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8f call(v8f c, v8f x) { return __builtin_ia32_minps256(c, x); }
    [[gnu::always_inline]] static v4d call(v4d c, v4d x) { return __builtin_ia32_minpd256(c, x); }
    [[gnu::always_inline]] static v4f call(v4f c, v4f x) { return __builtin_ia32_minps(c, x); }
    [[gnu::always_inline]] static v2d call(v2d c, v2d x) { return __builtin_ia32_minpd(c, x); }
};
struct larger_registers {
    [[gnu::always_inline]] static v16f call(v16f c, v16f x) { return __builtin_ia32_maxps512_mask(c, x, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d c, v8d x) { return __builtin_ia32_maxpd512_mask(c, x, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8f call(v8f c, v8f x) { return __builtin_ia32_maxps256(c, x); }
    [[gnu::always_inline]] static v4d call(v4d c, v4d x) { return __builtin_ia32_maxpd256(c, x); }
    [[gnu::always_inline]] static v4f call(v4f c, v4f x) { return __builtin_ia32_maxps(c, x); }
    [[gnu::always_inline]] static v2d call(v2d c, v2d x) { return __builtin_ia32_maxpd(c, x); }
};
#endif

/// c < x ? c : x.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V lesser(V c, V x) {
#if defined(__AVX512F__) && !defined(__clang__)
    if constexpr (sizeof(V) >= 16)
        return by_register<smaller_registers>(c, x);
    else
#endif
        return select(c < x, c, x);
}
/// c > x ? c : x.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V greater(V c, V x) {
#if defined(__AVX512F__) && !defined(__clang__)
    if constexpr (sizeof(V) >= 16)
        return by_register<larger_registers>(c, x);
    else
#endif
        return select(c > x, c, x);
}

/// The smaller of x and a bound that is no NaN: NaN stays.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V at_most(V x, element_t<V> bound) {
    return lesser(V(bound), x);
}
/// The larger of x and a bound that is no NaN: NaN stays.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V at_least(V x, element_t<V> bound) {
    return greater(V(bound), x);
}

} // namespace detail

/// The larger; NaN where either is NaN. Of +0 and -0 it returns the first. One instruction where `b` is a constant.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V max(V a, V b) {
    return select(b != b, b, detail::greater(b, a));
}
/// The smaller; NaN where either is NaN. Of +0 and -0 it returns the first. One instruction where `b` is a constant.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V min(V a, V b) {
    return select(b != b, b, detail::lesser(b, a));
}

namespace detail {
template <class T>
inline constexpr bool is_integer_lanes = false;
template <int W>
inline constexpr bool is_integer_lanes<vec<std::int32_t, W>> = true;
template <int W>
inline constexpr bool is_integer_lanes<vec<std::int64_t, W>> = true;
template <>
inline constexpr bool is_integer_lanes<std::int32_t> = true;
template <>
inline constexpr bool is_integer_lanes<std::int64_t> = true;
} // namespace detail

/// The larger of integers.
template <class V>
    requires detail::is_integer_lanes<V>
[[gnu::always_inline]] constexpr V max(V a, V b) {
    return select(a > b, a, b);
}
/// The smaller of integers.
template <class V>
    requires detail::is_integer_lanes<V>
[[gnu::always_inline]] constexpr V min(V a, V b) {
    return select(a < b, a, b);
}

namespace detail {
template <FloatingLanes V>
inline constexpr auto sign_bit_of = static_cast<typename lanes_of<element_t<V>>::integer>(bits(-element_t<V>{0}));
} // namespace detail

/// x without its sign; exact, also for -0 and NaN.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V abs(V x) {
    return from_bits<V>(bits(x) & integer_t<V>(~detail::sign_bit_of<V>));
}

/// The magnitude of the first with the sign of the second.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V copysign(V magnitude, V sign) {
    return from_bits<V>((bits(magnitude) & integer_t<V>(~detail::sign_bit_of<V>)) | (bits(sign) & integer_t<V>(detail::sign_bit_of<V>)));
}

} // namespace ctgrad::simd
