// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/tanh.hpp>

namespace ctgrad::simd {

namespace detail {

/// (x coth x - 1) / x^2 as a polynomial in z = x^2, |x| <= 1.6.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V coth_near(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, 9.57995994e-08f, -1.80165773e-06f, 2.07993544e-05f, -0.000211148465f, 0.00211619912f, -0.0222221911f,
                          0.333333343f);
    else
        return polynomial(z, -4.5768352227977817e-15, 1.2706747031521271e-13, -1.9082273388392162e-12, 2.1909287868741896e-11,
                          -2.2569185153972815e-10, 2.2474511590185414e-09, -2.2211247976691598e-08, 2.192570970752409e-07,
                          -2.164403128682293e-06, 2.1377798792945498e-05, -0.00021164021157162261, 0.0021164021163953299,
                          -0.022222222222221956, 0.33333333333333331);
}

} // namespace detail

/// x - tanh x: x^3 / 3 near 0, where the difference would have no digit. Accuracy: see docs/numerics.md.
/// With c = x coth x - 1 it is x c / (1 + c), and nothing cancels.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V tanh_shrink(V x) {
    using T = element_t<V>;
    const V small = detail::at_most(abs(x), T(1.6)), z = small * small;
    const V c = z * detail::coth_near(z);
    return select(abs(x) < V(T(1.6)), x * (c / (V(1) + c)), x - tanh(x));
}

} // namespace ctgrad::simd
