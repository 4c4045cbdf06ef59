// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/traits.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad::simd::detail {

template <int W>
[[gnu::always_inline]] inline vec<double, W> to_double(vec<float, W> x) {
    if constexpr (W == 8 && is_instruction<wide_instructions::widen>)
        return vec<double, 8>{wide_instructions::widen::call(x.native)};
    else
        return convert<double>(x);
}

} // namespace ctgrad::simd::detail
