// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

#include <cstdint>

namespace ctgrad::simd {

namespace detail {

template <int Bytes>
struct lane_integer;
template <>
struct lane_integer<4> {
    using type = std::int32_t;
};
template <>
struct lane_integer<8> {
    using type = std::int64_t;
};

/// The compiler's vector of W elements of type T.
template <class T, int W>
struct native_vector {
    static_assert(W > 0 && (W & (W - 1)) == 0, "ctgrad: the number of lanes must be a power of two");
    static constexpr unsigned bytes = sizeof(T) * static_cast<unsigned>(W);
    // No more aligned than registers are: g++ would note that it has passed such structs otherwise, once.
    static constexpr unsigned alignment = bytes < CTGRAD_SIMD_REGISTER ? bytes : CTGRAD_SIMD_REGISTER;
    typedef T type __attribute__((vector_size(bytes), aligned(alignment)));
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
    [[gnu::always_inline]] explicit mask(const native_type& lanes) : native{lanes} {}
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

} // namespace ctgrad::simd
