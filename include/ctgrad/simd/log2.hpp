// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/pow.hpp>

/// @file Logarithms and powers to the bases 2 and 10: whole where the right result is.

namespace ctgrad::simd {

namespace detail {

/// 1 / ln 2, 1 / ln 10 and ln 2 in two words.
template <class T>
struct logarithm_bases {
    static constexpr double_word<T> of_2{T(0x1.71547652b82fep+0), T(0x1.777d0ffda0d24p-56)};
    static constexpr double_word<T> of_10{T(0x1.bcb7b1526e50ep-2), T(0x1.95355baaafad3p-57)};
    static constexpr double_word<T> ln_2{T(0x1.62e42fefa39efp-1), T(0x1.abc9e3b39803fp-56)};
};
template <>
struct logarithm_bases<float> {
    static constexpr double_word<float> of_2{0x1.715476p+0f, 0x1.4ae0cp-26f};
    static constexpr double_word<float> of_10{0x1.bcb7b2p-2f, -0x1.5b235ep-27f};
    static constexpr double_word<float> ln_2{0x1.62e430p-1f, -0x1.05c610p-29f};
};

/// ln x times a number of two words.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V scaled_log(V x, double_word<element_t<V>> factor) {
    using T = element_t<V>;
    using format = format<T>;
    const double_word<V> logarithm = precise_log(x);
    const double_word<V> product = two_product(logarithm.hi, V(factor.hi));
    const V rest = fma(logarithm.hi, V(factor.lo), fma(logarithm.lo, V(factor.hi), product.lo));
    const V at_limits = select(x == V(0), V(-format::infinity), select(x > V(0), x, V(format::nan)));
    return select(x > V(0), select(x < V(format::infinity), product.hi + rest, at_limits), at_limits);
}

} // namespace detail

/// The logarithm to the base 2: -inf at 0, NaN below. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log2(V x) {
    return detail::scaled_log(x, detail::logarithm_bases<element_t<V>>::of_2);
}

/// The logarithm to the base 10: -inf at 0, NaN below. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V log10(V x) {
    return detail::scaled_log(x, detail::logarithm_bases<element_t<V>>::of_10);
}

/// 2^x: 0 and infinity beyond the range, subnormal results rounded once. Accuracy: see docs/numerics.md.
template <floating_lanes V>
[[gnu::always_inline]] constexpr V exp2(V x) {
    using T = element_t<V>;
    using bases = detail::logarithm_bases<T>;
    const V bounded = detail::at_least(detail::at_most(x, T(sizeof(T) == 4 ? 129 : 1025)), T(sizeof(T) == 4 ? -151 : -1076));
    const V shift = detail::format_of<V>::to_integer;
    const V n = (bounded + shift) - shift;
    const V r = bounded - n; // exact
    const detail::double_word<V> y = detail::two_product(r, V(bases::ln_2.hi));
    const V p = y.hi + fma(y.hi * y.hi, detail::exp_tail(y.hi), fma(r, V(bases::ln_2.lo), y.lo));
    return detail::scale(V(1) + p, n);
}

} // namespace ctgrad::simd
