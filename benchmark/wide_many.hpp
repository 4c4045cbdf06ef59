// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "wide.hpp"

namespace bench::wide {

/// Some vectors that take each step together: long formulas of one vector alone wait for themselves,
/// since only two of them fit into the processor's window.
template <std::size_t K>
struct many {
    f16 v[K];

    template <class F>
    [[gnu::always_inline]] static many of(F&& f) {
        many r;
        unrolled<K>([&](auto k) { r.v[k] = f(k); });
        return r;
    }
    friend many operator+(const many& a, const many& b) {
        return of([&](auto k) { return a.v[k] + b.v[k]; });
    }
    friend many operator-(const many& a, const many& b) {
        return of([&](auto k) { return a.v[k] - b.v[k]; });
    }
    friend many operator*(const many& a, const many& b) {
        return of([&](auto k) { return a.v[k] * b.v[k]; });
    }
    friend many operator+(const many& a, float b) {
        return of([&](auto k) { return a.v[k] + b; });
    }
    friend many operator-(const many& a, float b) {
        return of([&](auto k) { return a.v[k] - b; });
    }
    friend many operator*(const many& a, float b) {
        return of([&](auto k) { return a.v[k] * b; });
    }
    friend many operator/(float a, const many& b) {
        return of([&](auto k) { return a / b.v[k]; });
    }

    /// a b + c
    friend many fma(const many& a, const many& b, float c) {
        return of([&](auto k) { return a.v[k] * b.v[k] + c; });
    }
    friend many fma(const many& a, float b, const many& c) {
        return of([&](auto k) { return a.v[k] * b + c.v[k]; });
    }
    friend many fma(const many& a, float b, float c) {
        return of([&](auto k) { return a.v[k] * b + c; });
    }
};

/// e^x for |x| < 87, to 2 ulp; outside, what it is at that bound (0 and infinity with AVX-512).
template <std::size_t K>
[[gnu::always_inline]] inline many<K> exp(many<K> x) {
    using all = many<K>;
    const float magic = 12582912.0f; // 1.5 2^23: the integer is in the low bits
#ifndef __AVX512F__
    x = all::of([&](auto k) { return max(x.v[k], wide::all(-87.0f)); });
    x = all::of([&](auto k) { return x.v[k] < wide::all(88.0f) ? x.v[k] : wide::all(88.0f); });
#endif
    const all shifted = fma(x, 1.44269504f, magic);
    const all n = shifted - magic;
    const all r = fma(n, -1.42860677e-6f, fma(n, -0.693145752f, x));
    all p = fma(r, 1.38888889e-3f, 8.33333333e-3f);
    p = fma(p, r, 4.16666667e-2f);
    p = fma(p, r, 1.66666667e-1f);
    p = fma(p, r, 0.5f);
    p = fma(p, r, 1.0f);
    p = fma(p, r, 1.0f);
#ifdef __AVX512F__
    return all::of([&](auto k) { return f16(_mm512_scalef_ps(p.v[k], n.v[k])); });
#else
    return all::of([&](auto k) { return std::bit_cast<f16>(std::bit_cast<i16>(p.v[k]) + (std::bit_cast<i16>(shifted.v[k]) << 23)); });
#endif
}

/// tanh x, to 2e-7 absolute.
template <std::size_t K>
[[gnu::always_inline]] inline many<K> tanh(const many<K>& x) {
    return fma(1 / (exp(x * 2.0f) + 1.0f), -2.0f, 1.0f);
}

/// Sums logarithms of normal numbers > 0: that of the product of the mantissas, and the exponents.
template <std::size_t K>
struct log_sum {
    f16 logs{};
    i16 exponents{};
    float biases = 0; ///< Of all exponents together.

    [[gnu::always_inline]] void add(const many<K>& x) {
        f16 product = all(1);
        unrolled<K>([&](auto k) {
            const i16 bits = std::bit_cast<i16>(x.v[k]);
            exponents += bits >> 23;
            product *= std::bit_cast<f16>((bits & 0x007fffff) | 0x3f800000);
        });
        logs += log(product);
        biases += 127.0f * static_cast<float>(K * lanes);
    }
    float value() const { return sum(logs) + (sum(__builtin_convertvector(exponents, f16)) - biases) * 0.693147181f; }
};

} // namespace bench::wide
