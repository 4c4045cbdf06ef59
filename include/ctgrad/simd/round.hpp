// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/compare.hpp>

#include <type_traits>

namespace ctgrad::simd {

namespace detail {

/// Adding 2^fraction_bits to a smaller number leaves no bits for a fraction.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V round_by_addition(V x) {
    const V limit = format_of<V>::integers_from;
    const V magnitude = abs(x);
    return copysign(select(magnitude < limit, (magnitude + limit) - limit, magnitude), x);
}
template <floating_lanes V>
[[gnu::always_inline]] constexpr V floor_by_addition(V x) {
    const V rounded = round_by_addition(x);
    return select(rounded > x, rounded - V(1), rounded);
}

} // namespace detail

/// The nearest integer, of two the even one (as std::nearbyint); keeps the sign of zero.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V round(V x) {
    if constexpr (!rounds_in_hardware)
        return detail::round_by_addition(x);
    else if constexpr (!detail::is_scalar<V>)
        return detail::by_register<detail::instructions::round_even>(x);
    else
        return std::is_constant_evaluated() ? detail::round_by_addition(x) : detail::instructions::round_even::call(x);
}

/// The largest integer that is not above x; keeps the sign of zero.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V floor(V x) {
    if constexpr (!rounds_in_hardware)
        return detail::floor_by_addition(x);
    else if constexpr (!detail::is_scalar<V>)
        return detail::by_register<detail::instructions::round_down>(x);
    else
        return std::is_constant_evaluated() ? detail::floor_by_addition(x) : detail::instructions::round_down::call(x);
}

/// The smallest integer that is not below x; keeps the sign of zero.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V ceil(V x) {
    return -floor(-x);
}

/// The integer next to x towards zero; keeps the sign.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V trunc(V x) {
    return copysign(floor(abs(x)), x);
}

} // namespace ctgrad::simd
