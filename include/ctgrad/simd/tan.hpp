// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/trigonometric.hpp>

namespace ctgrad::simd {

/// The tangent: sine by cosine of one reduced angle. Accuracy: see docs/numerics.md; NaN for infinities.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V tan(V x) {
    const auto angle = detail::reduce_angle(x);
    const V quotient = detail::sin_of(angle, integer_t<V>(0)) / detail::sin_of(angle, integer_t<V>(1));
    return select(abs(x) < V(element_t<V>(0x1p-30)), x, quotient);
}

} // namespace ctgrad::simd
