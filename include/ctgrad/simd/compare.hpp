// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/traits.hpp>

namespace ctgrad::simd {

namespace detail {

/// c < x ? c : x.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V lesser(V c, V x) {
    if constexpr (is_instruction<wide_instructions::lesser> && sizeof(V) >= 16)
        return by_register<wide_instructions::lesser>(c, x);
    else
        return select(c < x, c, x);
}
/// c > x ? c : x.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V greater(V c, V x) {
    if constexpr (is_instruction<wide_instructions::greater> && sizeof(V) >= 16)
        return by_register<wide_instructions::greater>(c, x);
    else
        return select(c > x, c, x);
}

/// The smaller of x and a bound that is no NaN: NaN stays.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V at_most(V x, element_t<V> bound) {
    return lesser(V(bound), x);
}
/// The larger of x and a bound that is no NaN: NaN stays.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V at_least(V x, element_t<V> bound) {
    return greater(V(bound), x);
}

} // namespace detail

/// The larger; NaN where either is NaN. Of +0 and -0 it returns the first. One instruction where `b` is a constant.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V max(V a, V b) {
    return select(b != b, b, detail::greater(b, a));
}
/// The smaller; NaN where either is NaN. Of +0 and -0 it returns the first. One instruction where `b` is a constant.
template <floating_lanes V>
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
template <floating_lanes V>
inline constexpr auto sign_bit_of = static_cast<typename lanes_of<element_t<V>>::integer>(bits(-element_t<V>{0}));
} // namespace detail

/// x without its sign; exact, also for -0 and NaN.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V abs(V x) {
    return from_bits<V>(bits(x) & integer_t<V>(~detail::sign_bit_of<V>));
}

/// The magnitude of the first with the sign of the second.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V copysign(V magnitude, V sign) {
    return from_bits<V>((bits(magnitude) & integer_t<V>(~detail::sign_bit_of<V>)) | (bits(sign) & integer_t<V>(detail::sign_bit_of<V>)));
}

} // namespace ctgrad::simd
