// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/memory.hpp>

namespace ctgrad::simd::detail {

/// Whether vecs of T look up 16 or 32 numbers in one instruction. Scalars and smaller vecs then go by tables
/// too, so that lanes equal scalars.
template <class T>
inline constexpr bool has_lookup = CTGRAD_SIMD_REGISTER == 64 && sizeof(T) == 4;

#if defined(__AVX512F__)
[[gnu::always_inline]] inline v16f look_up(const float (&table)[16], v16i index) {
    const v16f all = load<vec<float, 16>>(table).native;
#if defined(__clang__)
    return __builtin_ia32_permvarsf512(all, index);
#else
    return __builtin_ia32_permvarsf512_mask(all, index, all, all_lanes{});
#endif
}
[[gnu::always_inline]] inline v16f look_up(const float (&table)[32], v16i index) {
    const v16f low = load<vec<float, 16>>(table).native, high = load<vec<float, 16>>(table + 16).native;
#if defined(__clang__)
    return __builtin_ia32_vpermi2varps512(low, index, high);
#else
    return __builtin_ia32_vpermt2varps512_mask(index, low, high, all_lanes{});
#endif
}
#endif

/// table[index modulo Size], lane by lane. For tables aligned to 64 bytes.
template <FloatingLanes V, std::size_t Size>
    requires has_lookup<element_t<V>>
[[gnu::always_inline]] constexpr V lookup(const float (&table)[Size], integer_t<V> index) {
    if constexpr (is_scalar<V>)
        return table[index & static_cast<int>(Size - 1)];
    else if constexpr (V::lanes < 16)
        return lower(lookup<vec<float, 2 * V::lanes>>(table, join(index, index)));
    else if constexpr (V::lanes > 16)
        return join(lookup<vec<float, V::lanes / 2>>(table, lower(index)), lookup<vec<float, V::lanes / 2>>(table, upper(index)));
    else {
#if defined(__AVX512F__)
        return V{look_up(table, index.native)};
#endif
    }
}

} // namespace ctgrad::simd::detail
