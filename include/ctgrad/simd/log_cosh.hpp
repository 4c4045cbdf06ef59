// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/tanh.hpp>

namespace ctgrad::simd {

namespace detail {

/// ln(cosh x) / x^2 as a polynomial in z = x^2 <= 1.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log_cosh_near(V z) {
    if constexpr (sizeof(element_t<V>) == 4)
        return polynomial(z, -2.57770807e-05f, 0.000176761649f, -0.000680190336f, 0.00216182927f, -0.00673998985f, 0.0222214963f,
                          -0.0833332986f, 0.5f);
    else
        return polynomial(z, 7.3289778845576588e-10, -8.1543189927552566e-09, 4.5632759971541286e-08, -1.7722873398274368e-07,
                          5.6019928563742183e-07, -1.5976686558554763e-06, 4.3830350403431257e-06, -1.1946827925422559e-05,
                          3.2776160158078971e-05, -9.0988889147145238e-05, 0.00025658044101736647, -0.00073860294457258246,
                          0.0021869488523019219, -0.0067460317459671721, 0.022222222222220547, -0.083333333333333315, 0.5);
}

} // namespace detail

/// ln(cosh x): x^2 / 2 near 0, |x| - ln 2 far from it. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log_cosh(V x) {
    using T = element_t<V>;
    const V t = abs(x), small = detail::at_most(t, T(1)), z = small * small;
    const V power = exp(V(-2) * detail::at_most(t, T(400)));
    const V far = (t - V(detail::ln_2<T>::high)) + (detail::log_sum(V(0), power) - V(detail::ln_2<T>::low));
    return select(t < V(1), z * detail::log_cosh_near(z), far);
}

} // namespace ctgrad::simd
