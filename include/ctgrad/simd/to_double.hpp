// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/traits.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad::simd::detail {

template <int W>
[[gnu::always_inline]] inline vec<double, W> to_double(vec<float, W> x) {
#if defined(__AVX512F__) && !defined(__clang__)
    if constexpr (W == 8)
        return vec<double, 8>{__builtin_ia32_cvtps2pd512_mask(x.native, v8d{}, all_lanes{}, 4)}; // g++ 12 would take two
    else
#endif
        return convert<double>(x);
}

} // namespace ctgrad::simd::detail
