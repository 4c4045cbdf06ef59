// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/traits.hpp>

namespace ctgrad::simd {

namespace detail {

template <int W>
[[gnu::always_inline]] inline bool any_lane(vec<std::int32_t, W> m) {
    if constexpr (requires { instructions::any_bit::call(m.native); })
        return instructions::any_bit::call(m.native);
    else if constexpr (W == 1)
        return m[0] != 0;
    else
        return any_lane(lower(m) | upper(m));
}

} // namespace detail

/// Whether a lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool any(mask<W, Bytes> m) {
    // Lanes of 8 bytes are twice as many of 4.
    using words = vec<std::int32_t, W * Bytes / 4>;
    return detail::any_lane(words{reinterpret_cast<typename words::native_type>(m.native)});
}
constexpr bool any(bool b) { return b; }

/// Whether every lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool all(mask<W, Bytes> m) {
    return !any(!m);
}
constexpr bool all(bool b) { return b; }

} // namespace ctgrad::simd
