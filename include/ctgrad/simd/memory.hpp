// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/traits.hpp>

#include <cstddef>

namespace ctgrad::simd {

/// Lanes from consecutive elements, at any address.
template <class V>
[[gnu::always_inline]] inline V load(const typename V::element* from) {
    V v;
    __builtin_memcpy(&v.native, from, sizeof v.native);
    return v;
}

/// Lanes to consecutive elements, at any address.
template <class T, int W>
[[gnu::always_inline]] inline void store(T* to, vec<T, W> v) {
    __builtin_memcpy(to, &v.native, sizeof v.native);
}

/// True in the first n lanes.
template <class V>
[[gnu::always_inline]] inline typename V::mask_type first_lanes(std::size_t n) {
    using M = typename V::mask_type;
    using I = vec<typename M::element, V::lanes>;
    return iota<I>() < I(static_cast<typename M::element>(n));
}

namespace detail {

// Integers move as floating numbers of their size: bits are bits.
/// Whether vecs of this type fill registers that move under a mask, and as what.
template <class V>
inline constexpr bool moves_masked = CTGRAD_SIMD_REGISTER == 64 && sizeof(V) == 64;
template <int LaneBytes>
struct moved_as;
template <>
struct moved_as<4> {
    using type = v16f;
};
template <>
struct moved_as<8> {
    using type = v8d;
};

} // namespace detail

/// The first n elements, zeros in the lanes after them; memory from n on is not touched. n <= W.
template <class V>
[[gnu::always_inline]] inline V load_partial(const typename V::element* from, std::size_t n) {
    if constexpr (detail::moves_masked<V>) {
        using native = typename detail::moved_as<sizeof(typename V::element)>::type;
        using masked = detail::wide_instructions::load_masked;
        return V{reinterpret_cast<typename V::native_type>(masked::call(from, native{}, (1U << n) - 1))};
    } else if constexpr (sizeof(V) > 16) {
        using half = decltype(lower(V{}));
        constexpr std::size_t middle = V::lanes / 2;
        return n < middle ? join(load_partial<half>(from, n), half{})
                          : join(load<half>(from), load_partial<half>(from + middle, n - middle));
    } else {
        V v(typename V::element{0});
        for (std::size_t i = 0; i < static_cast<std::size_t>(V::lanes); ++i)
            if (i < n) v.native[i] = from[i];
        return v;
    }
}

/// Stores the first n lanes; memory from n on is not touched. n <= W.
template <class T, int W>
[[gnu::always_inline]] inline void store_partial(T* to, vec<T, W> v, std::size_t n) {
    using V = vec<T, W>;
    if constexpr (detail::moves_masked<V>) {
        using native = typename detail::moved_as<sizeof(T)>::type;
        detail::wide_instructions::store_masked::call(to, reinterpret_cast<native>(v.native), (1U << n) - 1);
    } else if constexpr (sizeof(V) > 16) {
        constexpr std::size_t middle = W / 2;
        if (n < middle) {
            store_partial(to, lower(v), n);
        } else {
            store(to, lower(v));
            store_partial(to + middle, upper(v), n - middle);
        }
    } else {
        for (std::size_t i = 0; i < static_cast<std::size_t>(W); ++i)
            if (i < n) to[i] = v.native[i];
    }
}

} // namespace ctgrad::simd
