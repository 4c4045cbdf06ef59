// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/traits.hpp>

#include <type_traits>

namespace ctgrad::simd {

namespace detail {

// Written with built-ins and not as a * b + c: then neither the optimisation level nor -ffp-contract
// changes a result, and formulas that need the single rounding have it.
struct fused_registers {
#if CTGRAD_SIMD_FUSED && !__has_builtin(__builtin_elementwise_fma)
#if defined(__AVX512F__)
    [[gnu::always_inline]] static v16f call(v16f a, v16f b, v16f c) { return __builtin_ia32_vfmaddps512_mask(a, b, c, all_lanes{}, 4); }
    [[gnu::always_inline]] static v8d call(v8d a, v8d b, v8d c) { return __builtin_ia32_vfmaddpd512_mask(a, b, c, all_lanes{}, 4); }
#endif
#if defined(__FMA__)
    [[gnu::always_inline]] static v8f call(v8f a, v8f b, v8f c) { return __builtin_ia32_vfmaddps256(a, b, c); }
    [[gnu::always_inline]] static v4d call(v4d a, v4d b, v4d c) { return __builtin_ia32_vfmaddpd256(a, b, c); }
    [[gnu::always_inline]] static v4f call(v4f a, v4f b, v4f c) { return __builtin_ia32_vfmaddps(a, b, c); }
    [[gnu::always_inline]] static v2d call(v2d a, v2d b, v2d c) { return __builtin_ia32_vfmaddpd(a, b, c); }
#elif defined(__aarch64__) && !defined(__clang__)
    [[gnu::always_inline]] static v4f call(v4f a, v4f b, v4f c) { return __builtin_aarch64_fmav4sf(a, b, c); }
    [[gnu::always_inline]] static v2d call(v2d a, v2d b, v2d c) { return __builtin_aarch64_fmav2df(a, b, c); }
#endif
#endif
    [[gnu::always_inline]] static float call(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
    [[gnu::always_inline]] static double call(double a, double b, double c) { return __builtin_fma(a, b, c); }
};

} // namespace detail

/// a * b + c, rounded once where the machine has the instruction (`fused_multiply_add`), else twice.
///
/// In a constant expression it is rounded twice.
template <FloatingLanes V>
[[gnu::always_inline]] constexpr V fma(V a, V b, V c) {
    if constexpr (!fused_multiply_add) {
        return a * b + c;
    } else if constexpr (detail::is_scalar<V>) {
        if (std::is_constant_evaluated()) return a * b + c;
        return detail::fused_registers::call(a, b, c);
    } else {
#if CTGRAD_SIMD_FUSED && __has_builtin(__builtin_elementwise_fma)
        return V{__builtin_elementwise_fma(a.native, b.native, c.native)};
#else
        return detail::by_register<detail::fused_registers>(a, b, c);
#endif
    }
}

namespace detail {

template <FloatingLanes V, class... Lower>
[[gnu::always_inline]] constexpr V polynomial_by_pairs(V sum, V x, V square, element_t<V> a, element_t<V> b, Lower... lower) {
    sum = fma(sum, square, fma(V(a), x, V(b)));
    if constexpr (sizeof...(lower) > 0)
        return polynomial_by_pairs(sum, x, square, lower...);
    else
        return sum;
}

/// c[0] x^n + c[1] x^(n-1) + ... + c[n], the highest power first: Horner's rule in x^2, with pairs
/// a x + b for coefficients. It costs one product more than Horner's rule in x and half of its latency.
template <FloatingLanes V, class... Lower>
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
