// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/exponent.hpp>
#include <ctgrad/simd/sqrt.hpp>

/// @file Roots: cubic, and of a sum of two squares.

namespace ctgrad::simd {

/// The cube root, also of negative numbers. Accuracy: see docs/numerics.md. A polynomial for 10 bits (Remez exchange), Halley's step
/// for 30, Newton's for all.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V cbrt(V x) {
    using T = element_t<V>;
    const V t = abs(x);
    const auto regular = t > V(0);
    const V shift = detail::format_of<V>::to_integer;
    const auto [m, k] = detail::decompose(select(regular, select(t < V(detail::format<T>::infinity), t, V(1)), V(1)));
    const V j = fma(k, V(T(0.33333333333333331)), shift) - shift;
    const V c = m * detail::power_of_two(k - V(3) * j); // in [3/8, 3)
    V y = detail::polynomial(c, T(0.00851063989), T(-0.0837850645), T(0.32982555), T(-0.689090133), T(1.01157331), T(0.423379689));
    const V cube = y * y * y;
    y = y * (cube + c + c) / (cube + cube + c);
    const auto square = detail::two_product(y, y);
    const V rest = fma(-y, square.lo, detail::exact_fma(-y, square.hi, c));
    const V root = fma(rest, V(1) / (V(3) * square.hi), y);
    const V result = copysign(detail::scale(root, j), x);
    return select(regular, select(t < V(detail::format<T>::infinity), result, x), x);
}

/// sqrt(a^2 + b^2) without overflow on the way; infinite if either is, as in C. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V hypot(V a, V b) {
    using T = element_t<V>;
    constexpr bool single = sizeof(T) == 4;
    const V x = abs(a), y = abs(b), infinity = detail::format<T>::infinity;
    const V most = select(x > y, x, y);
    const auto large = most > V(T(single ? 0x1p60 : 0x1p500)), small = most < V(T(single ? 0x1p-40 : 0x1p-450));
    const V down = select(large, V(T(single ? 0x1p-80 : 0x1p-600)), select(small, V(T(single ? 0x1p100 : 0x1p600)), V(1)));
    const V up = select(large, V(T(single ? 0x1p80 : 0x1p600)), select(small, V(T(single ? 0x1p-100 : 0x1p-600)), V(1)));
    const V p = x * down, q = y * down;
    const V length = sqrt(fma(p, p, q * q)) * up;
    return select(x == infinity, infinity, select(y == infinity, infinity, length));
}

} // namespace ctgrad::simd
