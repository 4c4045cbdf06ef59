// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/hash.hpp>
#include <ctgrad/shape/dimension.hpp>

#include <concepts>
#include <cstdint>
#include <string>

namespace ctgrad {

/// The largest number of axes a tensor may have.
inline constexpr int max_rank = 6;

/// The extents of a tensor, outermost first (row-major). Rank 0 is a scalar.
struct tensor_shape {
    int rank = 0;
    dimension dims[max_rank]{};

    constexpr const dimension& operator[](int axis) const { return dims[axis]; }
    constexpr dimension& operator[](int axis) { return dims[axis]; }

    constexpr void append(dimension d) { dims[rank++] = d; }

    constexpr bool is_static() const {
        for (int i = 0; i < rank; ++i)
            if (!dims[i].is_static()) return false;
        return true;
    }

    /// The product of the static extents; the element count where all are static.
    constexpr std::int64_t static_size() const {
        std::int64_t n = 1;
        for (int i = 0; i < rank; ++i)
            if (dims[i].is_static()) n *= dims[i].extent;
        return n;
    }

    constexpr std::uint64_t hash() const {
        std::uint64_t h = hash_combine(0, static_cast<std::uint64_t>(rank));
        for (int i = 0; i < rank; ++i) h = hash_combine(h, dims[i].hash());
        return h;
    }

    friend constexpr bool operator==(const tensor_shape& a, const tensor_shape& b) {
        if (a.rank != b.rank) return false;
        for (int i = 0; i < a.rank; ++i)
            if (!(a.dims[i] == b.dims[i])) return false;
        return true;
    }
};

/// `shape(N, 10)`: for comparing with `expression.shape()`.
template <std::convertible_to<dimension>... Dims>
    requires(sizeof...(Dims) <= max_rank)
constexpr tensor_shape shape(Dims... dims) {
    return {sizeof...(Dims), {dimension(dims)...}};
}

inline std::string to_string(const dimension& d) { return d.is_static() ? std::to_string(d.extent) : std::string(d.name->text); }

/// As `[N,10]`; a scalar is `[]`.
inline std::string to_string(const tensor_shape& s) {
    std::string text = "[";
    for (int i = 0; i < s.rank; ++i) text.append(i ? "," : "").append(to_string(s[i]));
    return text + "]";
}

} // namespace ctgrad
