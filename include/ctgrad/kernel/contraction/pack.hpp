// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>

#include <algorithm>

namespace ctgrad::detail {

/// Copies b [depth, n] to rows of adjacent elements, `stride` apart; zeros fill the last vector of each.
template <class T>
[[gnu::noinline]] inline void pack_rows(matrix<const T> b, std::int64_t depth, int n, T* to, std::int64_t stride) {
    constexpr int W = simd::native_lanes<T>;
    if (b.column_stride == 1) {
        for (std::int64_t k = 0; k < depth; ++k)
            for (int j = 0; j < n; j += W) simd::store(to + k * stride + j, load_first<T>(b.at(k, j), std::min(W, n - j)));
        return;
    }
    if (b.row_stride == 1)
        transpose(b.data, b.column_stride, n, depth, to, stride);
    else
        for (std::int64_t k = 0; k < depth; ++k)
            for (int j = 0; j < n; ++j) to[k * stride + j] = *b.at(k, j);
    const int filled = (n + W - 1) / W * W;
    for (std::int64_t k = 0; k < depth; ++k)
        for (int j = n; j < filled; ++j) to[k * stride + j] = T(0);
}

} // namespace ctgrad::detail
