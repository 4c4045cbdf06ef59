// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/traits.hpp>
#include <ctgrad/simd/threefry.hpp>

#include <concepts>
#include <cstdint>

namespace ctgrad {

namespace detail {

/// The bits of an int32, of lanes of them, or of one that the reference interpreter holds as a double.
template <class V>
[[gnu::always_inline]] constexpr auto words_of(V x) {
    if constexpr (std::floating_point<V>)
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(x));
    else if constexpr (std::integral<V>)
        return static_cast<std::uint32_t>(x);
    else {
        using words = simd::vec<std::uint32_t, V::lanes>;
        return words{reinterpret_cast<typename words::native_type>(x.native)};
    }
}

/// The other way, of words below 2^31.
template <class V, class Words>
[[gnu::always_inline]] constexpr V numbers_of(Words x) {
    if constexpr (std::is_arithmetic_v<V>)
        return static_cast<V>(x);
    else
        return V{reinterpret_cast<typename V::native_type>(x.native)};
}

} // namespace detail

/// 24 random bits as an int32, a function of (index, step, key) alone: loops compute them again rather than keep them,
/// which `flops` says, since integer operations are none.
/// @tparam Word which of the two words that Threefry gives.
template <int Word>
struct random_bits_op : elementwise_op<3> {
    static constexpr std::string_view name = Word == 0 ? "random_bits" : "more_random_bits";
    static constexpr int flops = 0;

    template <class V>
    [[gnu::always_inline]] static constexpr V evaluate(V index, V step, V key) {
        using words = decltype(detail::words_of(index));
        const auto bits = simd::threefry(simd::word_pair<words>{detail::words_of(index), detail::words_of(step)},
                                         simd::word_pair<words>{detail::words_of(key), words(0)});
        return detail::numbers_of<V>((Word == 0 ? bits.first : bits.second) >> 8);
    }
};

} // namespace ctgrad
