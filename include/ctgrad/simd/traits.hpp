// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/vec.hpp>

namespace ctgrad::simd {

namespace detail {

/// What formulas need to know of a type that is a scalar or a vec.
template <class V>
struct lanes_of {
    static constexpr bool floating = false;
};

template <>
struct lanes_of<float> {
    static constexpr bool floating = true;
    using element = float;
    using integer = std::int32_t;
};
template <>
struct lanes_of<double> {
    static constexpr bool floating = true;
    using element = double;
    using integer = std::int64_t;
};
template <class T, int W>
    requires lanes_of<T>::floating
struct lanes_of<vec<T, W>> {
    static constexpr bool floating = true;
    using element = T;
    using integer = vec<typename lanes_of<T>::integer, W>;
};

/// IEEE 754 binary32 and binary64.
template <class T>
struct format;
template <>
struct format<float> {
    static constexpr int fraction_bits = 23;
    static constexpr int bias = 127;
    static constexpr float to_integer = 0x1.8p23f; ///< added and subtracted again, it rounds to integers
    static constexpr float integers_from = 0x1p23f;
    static constexpr float smallest_normal = 0x1p-126f;
    static constexpr float infinity = __builtin_inff();
    static constexpr float nan = __builtin_nanf("");
};
template <>
struct format<double> {
    static constexpr int fraction_bits = 52;
    static constexpr int bias = 1023;
    static constexpr double to_integer = 0x1.8p52;
    static constexpr double integers_from = 0x1p52;
    static constexpr double smallest_normal = 0x1p-1022;
    static constexpr double infinity = __builtin_inf();
    static constexpr double nan = __builtin_nan("");
};

} // namespace detail

/// float, double, or a vec of them: what the elementary functions take.
template <class V>
concept floating_lanes = detail::lanes_of<V>::floating;

/// float or double, for a scalar or a vec.
template <floating_lanes V>
using element_t = typename detail::lanes_of<V>::element;

/// The integers of the same size: std::int32_t, std::int64_t or a vec of them.
template <floating_lanes V>
using integer_t = typename detail::lanes_of<V>::integer;

namespace detail {
template <floating_lanes V>
using format_of = format<element_t<V>>;
template <class V>
inline constexpr bool is_scalar = false;
template <>
inline constexpr bool is_scalar<float> = true;
template <>
inline constexpr bool is_scalar<double> = true;
} // namespace detail

/// The bits of each lane as an integer.
template <floating_lanes V>
[[gnu::always_inline]] constexpr integer_t<V> bits(V v) {
    if constexpr (detail::is_scalar<V>)
        return __builtin_bit_cast(integer_t<V>, v);
    else
        return integer_t<V>{reinterpret_cast<typename integer_t<V>::native_type>(v.native)};
}

/// The number whose bits are those of the integer, in each lane.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V from_bits(integer_t<V> i) {
    if constexpr (detail::is_scalar<V>)
        return __builtin_bit_cast(V, i);
    else
        return V{reinterpret_cast<typename V::native_type>(i.native)};
}

namespace detail {

/// Halves vecs until a register, at last a scalar, fits one of the overloads of Operation::call.
template <class Operation, class V, class... Vs>
[[gnu::always_inline]] inline V by_register(V a, Vs... b) {
    if constexpr (requires { Operation::call(a.native, b.native...); })
        return V{Operation::call(a.native, b.native...)};
    else if constexpr (V::lanes > 1)
        return join(by_register<Operation>(lower(a), lower(b)...), by_register<Operation>(upper(a), upper(b)...));
    else
        return V{Operation::call(a.native[0], b.native[0]...)};
}

} // namespace detail

} // namespace ctgrad::simd
