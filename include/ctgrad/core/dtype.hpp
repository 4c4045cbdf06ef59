// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ctgrad {

/// The element type of a tensor, as a value.
enum class dtype : std::uint8_t { float32, float64, int32, boolean };

constexpr bool is_floating(dtype t) { return t == dtype::float32 || t == dtype::float64; }

constexpr std::string_view name_of(dtype t) {
    constexpr std::string_view names[]{"float32", "float64", "int32", "bool"};
    return names[static_cast<int>(t)];
}

constexpr std::size_t size_of(dtype t) {
    constexpr std::size_t sizes[]{4, 8, 4, 1};
    return sizes[static_cast<int>(t)];
}

namespace detail {
template <dtype>
struct scalar_for;
template <>
struct scalar_for<dtype::float32> {
    using type = float;
};
template <>
struct scalar_for<dtype::float64> {
    using type = double;
};
template <>
struct scalar_for<dtype::int32> {
    using type = std::int32_t;
};
template <>
struct scalar_for<dtype::boolean> {
    using type = bool;
};

template <class T>
struct dtype_for;
template <>
struct dtype_for<float> {
    static constexpr dtype value = dtype::float32;
};
template <>
struct dtype_for<double> {
    static constexpr dtype value = dtype::float64;
};
template <>
struct dtype_for<std::int32_t> {
    static constexpr dtype value = dtype::int32;
};
template <>
struct dtype_for<bool> {
    static constexpr dtype value = dtype::boolean;
};
} // namespace detail

/// A C++ type that can be the element of a tensor.
template <class T>
concept element = requires { detail::dtype_for<T>::value; };

template <element T>
inline constexpr dtype dtype_of = detail::dtype_for<T>::value;

template <dtype Type>
using scalar_of = typename detail::scalar_for<Type>::type;

} // namespace ctgrad
