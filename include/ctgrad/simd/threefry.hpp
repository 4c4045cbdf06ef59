// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/vec.hpp>

#include <cstdint>

namespace ctgrad::simd {

/// Two words of 32 bits, or of as many lanes of them as V has: std::uint32_t or a vec of those.
template <class V>
struct word_pair {
    V first;
    V second;
};

namespace detail {

template <int Bits, class V>
[[gnu::always_inline]] constexpr V rotated(V x) {
    return (x << Bits) | (x >> (32 - Bits));
}

/// Round number `I`, and after every fourth one a part of the key.
template <int I, class V>
[[gnu::always_inline]] constexpr void threefry_round(word_pair<V>& x, const V (&key)[3]) {
    constexpr int rotations[] = {13, 15, 26, 6, 17, 29, 16, 24};
    x.first = x.first + x.second;
    x.second = rotated<rotations[I % 8]>(x.second) ^ x.first;
    if constexpr (I % 4 == 3) {
        x.first = x.first + key[(I / 4 + 1) % 3];
        x.second = x.second + key[(I / 4 + 2) % 3] + V(I / 4 + 1);
    }
}

template <class V, int... I>
[[gnu::always_inline]] constexpr void threefry_rounds(word_pair<V>& x, const V (&key)[3], index_pack<int, I...>) {
    (threefry_round<I>(x, key), ...);
}

} // namespace detail

/// Two random words that depend on counter and key alone: Threefry-2x32, by default of 20 rounds. Equal on every
/// machine, and lanes equal scalars.
/// Source: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011).
template <int Rounds = 20, class V>
[[gnu::always_inline]] constexpr word_pair<V> threefry(word_pair<V> counter, word_pair<V> key) {
    const V keys[3]{key.first, key.second, key.first ^ key.second ^ V(0x1BD11BDAu)};
    word_pair<V> x{counter.first + keys[0], counter.second + keys[1]};
    detail::threefry_rounds(x, keys, detail::indices<Rounds>{});
    return x;
}

} // namespace ctgrad::simd
