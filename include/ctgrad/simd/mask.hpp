// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/detail/indices.hpp>
#include <ctgrad/simd/detail/target.hpp>

#include <cstdint>

namespace ctgrad::simd {

namespace detail {

template <int Bytes>
struct lane_integer;
template <>
struct lane_integer<4> { using type = std::int32_t; };
template <>
struct lane_integer<8> { using type = std::int64_t; };

/// The compiler's vector of W elements of type T.
template <class T, int W>
struct native_vector {
    static_assert(W > 0 && (W & (W - 1)) == 0, "ctgrad: the number of lanes must be a power of two");
    typedef T type __attribute__((vector_size(sizeof(T) * static_cast<unsigned>(W))));
};
template <class T, int W>
using native_vector_t = typename native_vector<T, W>::type;

} // namespace detail

/// One truth value a lane, as wide as the lanes that were compared: 0 or -1 in an integer of Bytes bytes.
template <int W, int Bytes>
struct mask {
    using element = typename detail::lane_integer<Bytes>::type;
    using native_type = detail::native_vector_t<element, W>;

    native_type native;

    mask() = default;
    [[gnu::always_inline]] explicit mask(native_type lanes) : native{lanes} {}
    /// The same truth in every lane.
    [[gnu::always_inline]] explicit mask(bool b) : native{(b ? element{-1} : element{0}) - native_type{}} {}

    bool operator[](int lane) const { return native[lane] != 0; }

    [[gnu::always_inline]] friend mask operator&(mask a, mask b) { return mask{a.native & b.native}; }
    [[gnu::always_inline]] friend mask operator|(mask a, mask b) { return mask{a.native | b.native}; }
    [[gnu::always_inline]] friend mask operator^(mask a, mask b) { return mask{a.native ^ b.native}; }
    [[gnu::always_inline]] friend mask operator!(mask a) { return mask{~a.native}; }
};

/// The same truths for lanes of another size.
template <int To, int W, int From>
[[gnu::always_inline]] inline mask<W, To> mask_cast(mask<W, From> m) {
    if constexpr (To == From)
        return m;
    else
        return mask<W, To>{__builtin_convertvector(m.native, typename mask<W, To>::native_type)};
}

namespace detail {

/// Lanes First, First + 1, ... of a vector, as many as there are indices.
template <int First, class Whole, int... I>
[[gnu::always_inline]] inline auto lanes_from(Whole a, index_pack<int, I...>) {
    return __builtin_shufflevector(a, a, (First + I)...);
}

template <class Half, int... I>
[[gnu::always_inline]] inline auto concatenate(Half a, Half b, index_pack<int, I...>) {
    return __builtin_shufflevector(a, b, I...);
}

template <class Native, int W, int Bytes>
[[gnu::always_inline]] inline bool any_lane(Native m) {
#if __has_builtin(__builtin_reduce_or)
    return __builtin_reduce_or(m) != 0;
#else
    constexpr int size = W * Bytes;
#if defined(__AVX512F__)
    if constexpr (size == 64) {
        typedef int v16i __attribute__((vector_size(64)));
        const auto all = reinterpret_cast<v16i>(m);
        return __builtin_ia32_ptestmd512(all, all, all_lanes{}) != 0;
    } else
#endif
#if defined(__AVX__)
        if constexpr (size == 32) {
        typedef float v8f __attribute__((vector_size(32)));
        return __builtin_ia32_movmskps256(reinterpret_cast<v8f>(m)) != 0;
    } else
#endif
#if defined(__SSE2__)
        if constexpr (size == 16) {
        typedef float v4f __attribute__((vector_size(16)));
        return __builtin_ia32_movmskps(reinterpret_cast<v4f>(m)) != 0;
    } else
#endif
        if constexpr (W == 1) {
        return m[0] != 0;
    } else {
        using half = indices<W / 2>;
        const auto either = lanes_from<0>(m, half{}) | lanes_from<W / 2>(m, half{});
        return any_lane<decltype(either), W / 2, Bytes>(either);
    }
#endif
}

} // namespace detail

/// Whether a lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool any(mask<W, Bytes> m) {
    return detail::any_lane<typename mask<W, Bytes>::native_type, W, Bytes>(m.native);
}
constexpr bool any(bool b) { return b; }

/// Whether every lane is true.
template <int W, int Bytes>
[[gnu::always_inline]] inline bool all(mask<W, Bytes> m) {
    return !any(!m);
}
constexpr bool all(bool b) { return b; }

} // namespace ctgrad::simd
