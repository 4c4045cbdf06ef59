// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/traits.hpp>

namespace ctgrad::simd {

namespace detail {

// g++ has no built-in function for it but those of the instruction sets.
#if !__has_builtin(__builtin_reduce_or)
#if defined(__AVX512F__)
[[gnu::always_inline]] inline bool any_bit(v16i m) { return __builtin_ia32_ptestmd512(m, m, all_lanes{}) != 0; }
#endif
#if defined(__AVX__)
[[gnu::always_inline]] inline bool any_bit(v8i m) { return __builtin_ia32_movmskps256(reinterpret_cast<v8f>(m)) != 0; }
#endif
#if defined(__SSE2__)
[[gnu::always_inline]] inline bool any_bit(v4i m) { return __builtin_ia32_movmskps(reinterpret_cast<v4f>(m)) != 0; }
#endif
[[gnu::always_inline]] inline bool any_bit(std::int32_t m) { return m != 0; }

template <int W>
[[gnu::always_inline]] inline bool any_lane(vec<std::int32_t, W> m) {
    if constexpr (requires { any_bit(m.native); })
        return any_bit(m.native);
    else if constexpr (W == 1)
        return m[0] != 0;
    else
        return any_lane(lower(m) | upper(m));
}
#endif

} // namespace detail

/// Whether a lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool any(mask<W, Bytes> m) {
#if __has_builtin(__builtin_reduce_or)
    return __builtin_reduce_or(m.native) != 0;
#else
    // Lanes of 8 bytes are twice as many of 4.
    using words = vec<std::int32_t, W * Bytes / 4>;
    return detail::any_lane(words{reinterpret_cast<typename words::native_type>(m.native)});
#endif
}
constexpr bool any(bool b) { return b; }

/// Whether every lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool all(mask<W, Bytes> m) {
    return !any(!m);
}
constexpr bool all(bool b) { return b; }

} // namespace ctgrad::simd
