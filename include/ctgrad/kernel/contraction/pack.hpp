// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>
#include <ctgrad/simd/compare.hpp>

namespace ctgrad::detail {

/// Copies b [depth, n] to rows of adjacent elements, `stride` apart, with room for whole vectors; what
/// lies behind element n does not matter.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void pack_rows(const matrix<const T>& b, std::int64_t depth, int n, T* to, std::int64_t stride) {
    constexpr int W = simd::native_lanes<T>;
    if (b.row_stride == 1 && b.column_stride != 1) return transpose(b.data, b.column_stride, n, depth, to, stride);
    for (std::int64_t k = 0; k < depth; ++k)
        if (b.column_stride == 1)
            for (int j = 0; j < n; j += W) simd::store(to + k * stride + j, load_first<T>(b.at(k, j), simd::min(W, n - j)));
        else
            for (int j = 0; j < n; ++j) to[k * stride + j] = *b.at(k, j);
}

} // namespace ctgrad::detail
