// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "ulp.hpp"

namespace ctgrad::test {

/// The claim of a function of two numbers, for all pairs of special values: close to long double, and lanes are as scalars.
template <class T, class Function, class Exact>
void check_pairs(double bound, Function function, Exact exact) {
    using V = simd::vec<T, simd::native_lanes<T>>;
    const std::vector<T> values = special_values<T>();
    double worst = 0;
    T at_x = 0, at_y = 0;
    std::size_t unlike = 0;
    for (const T x : values)
        for (std::size_t i = 0; i + V::lanes <= values.size(); i += V::lanes) {
            const V result = function(V(x), simd::load<V>(values.data() + i));
            for (int k = 0; k < V::lanes; ++k) {
                const T y = values[i + static_cast<std::size_t>(k)], lane = result[k], scalar = function(x, y);
                if (__builtin_memcmp(&scalar, &lane, sizeof(T)) != 0 && (scalar == scalar || lane == lane)) ++unlike;
                const double ulp = ulp_distance(lane, exact(static_cast<long double>(x), static_cast<long double>(y)));
                if (ulp <= worst) continue;
                worst = ulp;
                at_x = x;
                at_y = y;
            }
        }
    BOOST_TEST(worst <= bound, worst << " ulp at " << at_x << ", " << at_y);
    BOOST_TEST(unlike == 0U);
}

} // namespace ctgrad::test
