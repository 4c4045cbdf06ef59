// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/input_file.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

/// The IDX format, in which MNIST and its relatives are published: two zero bytes, a type code, the rank, one
/// 32-bit size per axis, then the elements in row-major order; all numbers big-endian.
namespace ctgrad::idx {

/// The types that an IDX file can hold.
template <class T>
concept element_type = std::same_as<T, std::uint8_t> || std::same_as<T, std::int8_t> || std::same_as<T, std::int16_t> ||
                       std::same_as<T, std::int32_t> || std::same_as<T, float> || std::same_as<T, double>;

/// The content of an IDX file: `data` holds the product of `shape` elements, the last axis varying fastest.
template <element_type T>
struct array {
    std::vector<std::size_t> shape;
    std::vector<T> data;
};

namespace detail {

template <element_type T>
inline constexpr unsigned type_code = 0;
template <>
inline constexpr unsigned type_code<std::uint8_t> = 0x08;
template <>
inline constexpr unsigned type_code<std::int8_t> = 0x09;
template <>
inline constexpr unsigned type_code<std::int16_t> = 0x0B;
template <>
inline constexpr unsigned type_code<std::int32_t> = 0x0C;
template <>
inline constexpr unsigned type_code<float> = 0x0D;
template <>
inline constexpr unsigned type_code<double> = 0x0E;

[[nodiscard]] inline std::uint32_t read_big_endian(ctgrad::detail::input_file& file) {
    std::byte bytes[4];
    file.read(bytes);
    std::uint32_t value = 0;
    for (const std::byte byte : bytes) {
        value = value << 8U | std::to_integer<std::uint32_t>(byte);
    }
    return value;
}

} // namespace detail

/// Reads a whole IDX file whose elements are of type T; nothing is converted.
///
/// @param path the file; compressed files are not read.
/// @returns the sizes of all axes and the elements, in the byte order of this machine.
///
/// **Fails when** the file cannot be read, is not an IDX file, holds another type than T, or is longer or
/// shorter than its own header says: `ctgrad::error`, which names the file.
/// @see http://yann.lecun.com/exdb/mnist/ for the format
template <element_type T>
[[nodiscard]] array<T> read(const std::string& path) {
    ctgrad::detail::input_file file{"idx::read", path};

    const std::uint32_t magic = detail::read_big_endian(file);
    file.require(magic >> 16U == 0, "is not an IDX file: its first two bytes are not zero");
    const unsigned code = magic >> 8U & 0xFFU;
    file.require(code == detail::type_code<T>,
                 "holds elements of IDX type " + std::to_string(code) + ", not " + std::to_string(detail::type_code<T>) + " as asked for");

    array<T> result;
    result.shape.resize(magic & 0xFFU);
    std::size_t count = 1;
    for (std::size_t& size : result.shape) {
        size = detail::read_big_endian(file);
        file.require(size == 0 || count <= std::numeric_limits<std::size_t>::max() / sizeof(T) / size,
                     "claims more elements than memory can address");
        count *= size;
    }
    file.require(file.remaining() == count * sizeof(T), "has " + std::to_string(file.remaining()) +
                                                            " bytes of elements where its header says " +
                                                            std::to_string(count * sizeof(T)));

    result.data.resize(count);
    file.read(std::as_writable_bytes(std::span{result.data}));
    if constexpr (sizeof(T) > 1 && std::endian::native == std::endian::little) {
        for (T& element : result.data) {
            std::ranges::reverse(std::as_writable_bytes(std::span{&element, 1}));
        }
    }
    return result;
}

} // namespace ctgrad::idx
