// SPDX-License-Identifier: BSL-1.0
#pragma once

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

// Masked moves do not touch what they leave out, so that a page that is not there does no harm. Integers
// move as floating numbers of their size: bits are bits.
#if defined(__AVX512F__)
[[gnu::always_inline]] inline v16f load_masked(const void* p, v16f zero, unsigned m) {
    return __builtin_ia32_loadups512_mask(static_cast<const float*>(p), zero, static_cast<unsigned short>(m));
}
[[gnu::always_inline]] inline v8d load_masked(const void* p, v8d zero, unsigned m) {
    return __builtin_ia32_loadupd512_mask(static_cast<const double*>(p), zero, static_cast<unsigned char>(m));
}
[[gnu::always_inline]] inline void store_masked(void* p, v16f v, unsigned m) {
    __builtin_ia32_storeups512_mask(static_cast<float*>(p), v, static_cast<unsigned short>(m));
}
[[gnu::always_inline]] inline void store_masked(void* p, v8d v, unsigned m) {
    __builtin_ia32_storeupd512_mask(static_cast<double*>(p), v, static_cast<unsigned char>(m));
}
#endif

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
#if defined(__AVX512F__)
        using native = typename detail::moved_as<sizeof(typename V::element)>::type;
        return V{reinterpret_cast<typename V::native_type>(detail::load_masked(from, native{}, (1U << n) - 1))};
#endif
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
#if defined(__AVX512F__)
        using native = typename detail::moved_as<sizeof(T)>::type;
        detail::store_masked(to, reinterpret_cast<native>(v.native), (1U << n) - 1);
#endif
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
