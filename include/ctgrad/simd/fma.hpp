// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target.hpp>
#include <ctgrad/simd/traits.hpp>

#include <type_traits>

namespace ctgrad::simd {

/// a * b + c, rounded once where the machine has the instruction (`fused_multiply_add`), else twice.
///
/// In a constant expression it is rounded twice. Written with built-ins and not as a * b + c: then neither the optimisation level nor
/// -ffp-contract changes a result, and formulas that need the single rounding have it.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V fma(V a, V b, V c) {
    if constexpr (!fused_multiply_add) {
        return a * b + c;
    } else if constexpr (detail::is_scalar<V>) {
        if (std::is_constant_evaluated()) return a * b + c;
        return detail::instructions::multiply_add::call(a, b, c);
    } else {
        return detail::by_register<detail::instructions::multiply_add>(a, b, c);
    }
}

namespace detail {

template <floating_lanes V, class... Lower>
[[gnu::always_inline]] constexpr V polynomial_by_pairs(V sum, V x, V square, element_t<V> a, element_t<V> b, Lower... lower) {
    sum = fma(sum, square, fma(V(a), x, V(b)));
    if constexpr (sizeof...(lower) > 0)
        return polynomial_by_pairs(sum, x, square, lower...);
    else
        return sum;
}

/// c[0] x^n + c[1] x^(n-1) + ... + c[n], the highest power first: Horner's rule in x^2, with pairs
/// a x + b for coefficients. It costs one product more than Horner's rule in x and half of its latency.
template <floating_lanes V, class... Lower>
[[gnu::always_inline]] constexpr V polynomial(V x, element_t<V> highest, element_t<V> second, Lower... lower) {
    if constexpr (sizeof...(lower) == 0)
        return fma(V(highest), x, V(second));
    else if constexpr (sizeof...(lower) % 2 == 0)
        return polynomial_by_pairs(fma(V(highest), x, V(second)), x, x * x, lower...);
    else
        return polynomial_by_pairs(V(highest), x, x * x, second, lower...);
}

} // namespace detail

} // namespace ctgrad::simd
