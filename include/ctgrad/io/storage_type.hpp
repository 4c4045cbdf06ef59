// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>

#include <cstddef>
#include <string_view>

namespace ctgrad {

/// An element type that tensors in files have. Those that a `tensor` has come first, in the order of `dtype`.
struct storage_type {
    std::string_view name;
    std::string_view safetensors;
    std::string_view numpy; ///< Kind and bytes; empty if NumPy has no such type.
    std::size_t size;       ///< In bytes.

    friend constexpr bool operator==(const storage_type& a, const storage_type& b) { return a.name == b.name; }
};

inline constexpr storage_type storage_types[]{
    {"float32", "F32", "f4", 4}, {"float64", "F64", "f8", 8}, {"int32", "I32", "i4", 4},         {"bool", "BOOL", "b1", 1},
    {"float16", "F16", "f2", 2}, {"bfloat16", "BF16", "", 2}, {"float8_e4m3", "F8_E4M3", "", 1}, {"float8_e5m2", "F8_E5M2", "", 1},
    {"int8", "I8", "i1", 1},     {"int16", "I16", "i2", 2},   {"int64", "I64", "i8", 8},         {"uint8", "U8", "u1", 1},
    {"uint16", "U16", "u2", 2},  {"uint32", "U32", "u4", 4},  {"uint64", "U64", "u8", 8},
};

/// How files store elements of type `t`.
constexpr const storage_type& storage_of(dtype t) { return storage_types[static_cast<int>(t)]; }

} // namespace ctgrad
