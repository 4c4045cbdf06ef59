// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/tensor_shape.hpp>

#include <cstdint>

namespace ctgrad {

/// A tensor in memory with run-time extents and strides (in elements): what a plain loop works on.
template <class T>
struct strided {
    T* data = nullptr;
    int rank = 0;
    std::int64_t extent[max_rank]{};
    std::int64_t stride[max_rank]{};

    /// The element at `index`, one number an axis.
    constexpr T& at(const std::int64_t* index) const {
        std::int64_t offset = 0;
        for (int k = 0; k < rank; ++k) offset += index[k] * stride[k];
        return data[offset];
    }

    constexpr std::int64_t size() const {
        std::int64_t n = 1;
        for (int k = 0; k < rank; ++k) n *= extent[k];
        return n;
    }
};

/// Row-major strides for `extent`.
template <class T>
constexpr strided<T> contiguous(T* data, int rank, const std::int64_t* extent) {
    strided<T> s{data, rank, {}, {}};
    std::int64_t stride = 1;
    for (int k = rank - 1; k >= 0; --k) {
        s.extent[k] = extent[k];
        s.stride[k] = stride;
        stride *= extent[k];
    }
    return s;
}

/// Calls `visit(index)` for every index below `extent`, last axis fastest.
template <class Visit>
constexpr void for_each_index(int rank, const std::int64_t* extent, Visit visit) {
    std::int64_t index[max_rank]{};
    for (int k = 0; k < rank; ++k)
        if (extent[k] == 0) return;
    for (;;) {
        visit(static_cast<const std::int64_t*>(index));
        int k = rank - 1;
        while (k >= 0 && ++index[k] == extent[k]) index[k--] = 0;
        if (k < 0) return;
    }
}

/// Calls `visit(index of the first element, its address, extent, stride)` for each row of `s` along its last axis, of which there is one.
template <class T, class Visit>
constexpr void for_each_row(const strided<T>& s, Visit visit) {
    const int last = s.rank - 1;
    std::int64_t extent[max_rank]{};
    for (int k = 0; k < s.rank; ++k) extent[k] = k == last && s.extent[k] > 0 ? 1 : s.extent[k];
    for_each_index(s.rank, extent, [&](const std::int64_t* index) { visit(index, &s.at(index), s.extent[last], s.stride[last]); });
}

} // namespace ctgrad
