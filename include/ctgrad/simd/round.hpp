// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/compare.hpp>

#include <type_traits>

namespace ctgrad::simd {

namespace detail {

// The last argument of the instructions: 8 = even and 9 = down, both without the inexact exception.
struct floor_registers {
#if defined(__AVX512F__)
    [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_rndscaleps_mask(x, 9, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_rndscalepd_mask(x, 9, x, all_lanes{}, 4); }
#endif
#if defined(__AVX__)
    [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_roundps256(x, 9); }
    [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_roundpd256(x, 9); }
#endif
#if defined(__SSE4_1__)
    [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_roundps(x, 9); }
    [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_roundpd(x, 9); }
#endif
    [[gnu::always_inline]] static float call(float x) { return __builtin_floorf(x); }
    [[gnu::always_inline]] static double call(double x) { return __builtin_floor(x); }
};

struct round_registers {
#if defined(__AVX512F__)
    [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_rndscaleps_mask(x, 8, x, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_rndscalepd_mask(x, 8, x, all_lanes{}, 4); }
#endif
#if defined(__AVX__)
    [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_roundps256(x, 8); }
    [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_roundpd256(x, 8); }
#endif
#if defined(__SSE4_1__)
    [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_roundps(x, 8); }
    [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_roundpd(x, 8); }
#endif
    [[gnu::always_inline]] static float call(float x) { return __builtin_rintf(x); }
    [[gnu::always_inline]] static double call(double x) { return __builtin_rint(x); }
};

#if defined(__SSE4_1__)
inline constexpr bool rounds_in_hardware = true;
#else
inline constexpr bool rounds_in_hardware = false;
#endif

/// Adding 2^fraction_bits to a smaller number leaves no bits for a fraction.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V round_by_addition(V x) {
    const V limit = format_of<V>::integers_from;
    const V magnitude = abs(x);
    return copysign(select(magnitude < limit, (magnitude + limit) - limit, magnitude), x);
}
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V floor_by_addition(V x) {
    const V rounded = round_by_addition(x);
    return select(rounded > x, rounded - V(1), rounded);
}

} // namespace detail

/// The nearest integer, of two the even one (as std::nearbyint); keeps the sign of zero.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V round(V x) {
    if constexpr (!detail::rounds_in_hardware)
        return detail::round_by_addition(x);
    else if constexpr (!detail::is_scalar<V>)
        return detail::by_register<detail::round_registers>(x);
    else
        return std::is_constant_evaluated() ? detail::round_by_addition(x) : detail::round_registers::call(x);
}

/// The largest integer that is not above x; keeps the sign of zero.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V floor(V x) {
    if constexpr (!detail::rounds_in_hardware)
        return detail::floor_by_addition(x);
    else if constexpr (!detail::is_scalar<V>)
        return detail::by_register<detail::floor_registers>(x);
    else
        return std::is_constant_evaluated() ? detail::floor_by_addition(x) : detail::floor_registers::call(x);
}

} // namespace ctgrad::simd
