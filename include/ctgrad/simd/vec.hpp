// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/mask.hpp>
#include <ctgrad/simd/target/compiler.hpp>

#include <type_traits>

namespace ctgrad::simd {

/// W numbers of type T (float, double, std::int32_t, std::int64_t), computed on at once.
///
/// W is any power of two: the compiler splits what is wider than a register. A scalar converts to the vec
/// that repeats it, so that formulas read alike for scalars and vecs.
template <class T, int W>
struct vec {
    using element = T;
    using mask_type = mask<W, static_cast<int>(sizeof(T))>;
    using native_type = detail::native_vector_t<T, W>;
    static constexpr int lanes = W;

    /// The compiler's own vector; its operators are those of this struct.
    native_type native;

    vec() = default;
    // By reference, as passing by value what is wider than a register would call for -Wpsabi.
    [[gnu::always_inline]] explicit vec(const native_type& v) : native{v} {}
    // x - 0 and not x + 0, which would lose the sign of -0.
    [[gnu::always_inline]] vec(T value) : native{value - native_type{}} {}

    [[gnu::always_inline]] T operator[](int lane) const { return native[lane]; }

    [[gnu::always_inline]] friend vec operator+(vec a, vec b) { CTGRAD_FUSES return vec{a.native + b.native}; }
    [[gnu::always_inline]] friend vec operator-(vec a, vec b) { CTGRAD_FUSES return vec{a.native - b.native}; }
    [[gnu::always_inline]] friend vec operator*(vec a, vec b) { CTGRAD_FUSES return vec{a.native * b.native}; }
    [[gnu::always_inline]] friend vec operator/(vec a, vec b) { return vec{a.native / b.native}; }
    [[gnu::always_inline]] friend vec operator-(vec a) { return vec{-a.native}; }
    [[gnu::always_inline]] vec& operator+=(vec b) { return *this = *this + b; }
    [[gnu::always_inline]] vec& operator-=(vec b) { return *this = *this - b; }
    [[gnu::always_inline]] vec& operator*=(vec b) { return *this = *this * b; }
    [[gnu::always_inline]] vec& operator/=(vec b) { return *this = *this / b; }

    // Bit operations: integer lanes only, as the compiler says when they are used.
    [[gnu::always_inline]] friend vec operator&(vec a, vec b) { return vec{a.native & b.native}; }
    [[gnu::always_inline]] friend vec operator|(vec a, vec b) { return vec{a.native | b.native}; }
    [[gnu::always_inline]] friend vec operator^(vec a, vec b) { return vec{a.native ^ b.native}; }
    [[gnu::always_inline]] friend vec operator~(vec a) { return vec{~a.native}; }
    [[gnu::always_inline]] friend vec operator<<(vec a, int bits) { return vec{a.native << bits}; }
    [[gnu::always_inline]] friend vec operator>>(vec a, int bits) { return vec{a.native >> bits}; }

    [[gnu::always_inline]] friend mask_type operator==(vec a, vec b) { return truth(a.native == b.native); }
    [[gnu::always_inline]] friend mask_type operator!=(vec a, vec b) { return truth(a.native != b.native); }
    [[gnu::always_inline]] friend mask_type operator<(vec a, vec b) { return truth(a.native < b.native); }
    [[gnu::always_inline]] friend mask_type operator<=(vec a, vec b) { return truth(a.native <= b.native); }
    [[gnu::always_inline]] friend mask_type operator>(vec a, vec b) { return truth(a.native > b.native); }
    [[gnu::always_inline]] friend mask_type operator>=(vec a, vec b) { return truth(a.native >= b.native); }

private:
    template <class Truth>
    [[gnu::always_inline]] static mask_type truth(const Truth& t) {
        return mask_type{reinterpret_cast<typename mask_type::native_type>(t)};
    }
};

/// a where the condition holds, else b, lane by lane; both are computed.
template <class T, int W, int Bytes>
[[gnu::always_inline]] inline vec<T, W> select(mask<W, Bytes> condition, vec<T, W> a, vec<T, W> b) {
    return vec<T, W>{mask_cast<static_cast<int>(sizeof(T))>(condition).native ? a.native : b.native};
}
template <class T>
[[gnu::always_inline]] constexpr T select(bool condition, T a, T b) {
    return condition ? a : b;
}

/// Each lane converted to U as static_cast does: from floating to integer it truncates.
template <class U, class T, int W>
[[gnu::always_inline]] inline vec<U, W> convert(vec<T, W> v) {
    return vec<U, W>{__builtin_convertvector(v.native, typename vec<U, W>::native_type)};
}
template <class U, class T>
    requires(std::is_arithmetic_v<T> && sizeof(T) <= 8)
[[gnu::always_inline]] constexpr U convert(T x) {
    return static_cast<U>(x);
}

namespace detail {

template <int First, class T, int W, int... I>
[[gnu::always_inline]] inline auto lanes_from(vec<T, W> v, index_pack<int, I...>) {
    return vec<T, sizeof...(I)>{__builtin_shufflevector(v.native, v.native, (First + I)...)};
}

template <class T, int W, int... I>
[[gnu::always_inline]] inline auto concatenate(vec<T, W> a, vec<T, W> b, index_pack<int, I...>) {
    return vec<T, sizeof...(I)>{__builtin_shufflevector(a.native, b.native, I...)};
}

} // namespace detail

/// The first half of the lanes.
template <class T, int W>
[[gnu::always_inline]] inline vec<T, W / 2> lower(vec<T, W> v) {
    return detail::lanes_from<0>(v, detail::indices<W / 2>{});
}

/// The second half of the lanes.
template <class T, int W>
[[gnu::always_inline]] inline vec<T, W / 2> upper(vec<T, W> v) {
    return detail::lanes_from<W / 2>(v, detail::indices<W / 2>{});
}

/// The lanes of a, then those of b.
template <class T, int W>
[[gnu::always_inline]] inline vec<T, 2 * W> join(vec<T, W> a, vec<T, W> b) {
    return detail::concatenate(a, b, detail::indices<2 * W>{});
}

namespace detail {
template <class V, int... I>
[[gnu::always_inline]] inline V count_up(index_pack<int, I...>) {
    return V{typename V::native_type{static_cast<typename V::element>(I)...}};
}
} // namespace detail

/// 0, 1, 2, ...
template <class V>
[[gnu::always_inline]] inline V iota() {
    return detail::count_up<V>(detail::indices<V::lanes>{});
}

} // namespace ctgrad::simd
