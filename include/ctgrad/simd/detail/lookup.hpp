// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/memory.hpp>

namespace ctgrad::simd::detail {

/// Whether vecs of T look up 16 or 32 numbers in one instruction. Scalars and smaller vecs then go by tables
/// too, so that lanes equal scalars.
template <class T>
inline constexpr bool has_lookup = CTGRAD_SIMD_REGISTER == 64 && sizeof(T) == 4;

/// table[index modulo Size], lane by lane. For tables aligned to 64 bytes.
template <floating_lanes V, std::size_t Size>
    requires(has_lookup<element_t<V>> && (Size == 16 || Size == 32))
[[gnu::always_inline]] constexpr V lookup(const float (&table)[Size], integer_t<V> index) {
    if constexpr (is_scalar<V>)
        return table[index & static_cast<int>(Size - 1)];
    else if constexpr (V::lanes < 16)
        return lower(lookup<vec<float, 2 * V::lanes>>(table, join(index, index)));
    else if constexpr (V::lanes > 16)
        return join(lookup<vec<float, V::lanes / 2>>(table, lower(index)), lookup<vec<float, V::lanes / 2>>(table, upper(index)));
    else if constexpr (Size == 16)
        return V{wide_instructions::look_up::call(load<V>(table).native, index.native)};
    else
        return V{wide_instructions::look_up::call(load<V>(table).native, load<V>(table + 16).native, index.native)};
}

} // namespace ctgrad::simd::detail
