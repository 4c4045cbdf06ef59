// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/compare.hpp>
#include <ctgrad/simd/double_word.hpp>

/// @file Payne and Hanek's reduction: any angle modulo pi/2, from the bits of 2/pi that matter.

namespace ctgrad::simd::detail {

/// The bits of 2/pi after the point, after one word of zeros.
inline constexpr std::uint64_t two_over_pi[]{
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
    0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d};

/// x = (quarter_turns + 4 k) pi/2 + rest.hi + rest.lo for some integer k, |rest| <= pi/4.
template <class V>
struct reduced_angle {
    double_word<V> rest;
    integer_t<V> quarter_turns;
};

/// For finite |x| >= 2^10.
constexpr reduced_angle<double> reduce_huge_angle(double x) {
    __extension__ using wide = unsigned __int128;
    const auto raw = static_cast<std::uint64_t>(bits(abs(x)));
    const std::uint64_t integer = (raw & ((1ULL << 52) - 1)) | (1ULL << 52);
    const int exponent = static_cast<int>(raw >> 52) - 1075; // |x| = integer * 2^exponent

    // A bit of 2/pi with weight 2^-i contributes multiples of 4 when exponent - i >= 2: 192 bits from the
    // first of weight 2 on decide. Their product with the integer counts quarter turns in units of 2^-190.
    const int first = exponent - 2 + 64;
    const int word = first / 64, offset = first % 64;
    std::uint64_t window[3]{};
    for (int i = 0; i < 3; ++i) {
        window[i] = two_over_pi[word + i] << offset;
        if (offset != 0) window[i] |= two_over_pi[word + i + 1] >> (64 - offset);
    }
    const wide low = static_cast<wide>(integer) * window[2];
    const wide middle = static_cast<wide>(integer) * window[1] + (low >> 64);
    const std::uint64_t top = integer * window[0] + static_cast<std::uint64_t>(middle >> 64);

    std::int64_t turns = static_cast<std::int64_t>(top >> 62);
    wide fraction = (((static_cast<wide>(top) << 64) | static_cast<std::uint64_t>(middle)) << 2) | (static_cast<std::uint64_t>(low) >> 62);
    const bool beyond_half = (fraction >> 127) != 0;
    if (beyond_half) {
        fraction = ~fraction + 1;
        ++turns;
    }
    // As the sum of two doubles of 53 bits, counted from the first bit that is set.
    double unit = 0x1p-53;
    for (; fraction != 0 && (fraction >> 127) == 0; fraction <<= 1) unit *= 0.5;
    const double high = static_cast<double>(static_cast<std::uint64_t>(fraction >> 75)) * unit;
    const double low_bits = static_cast<double>(static_cast<std::uint64_t>(fraction >> 22) & ((1ULL << 53) - 1));
    const double lower = low_bits * (unit * 0x1p-53);
    constexpr double half_pi_high = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;
    const double_word<double> product = two_product(high, half_pi_high);
    const double_word<double> rest = fast_two_sum(product.hi, fma(lower, half_pi_high, fma(high, half_pi_low, product.lo)));
    const bool negative = x < 0;
    const double sign = negative != beyond_half ? -1 : 1;
    return {{sign * rest.hi, sign * rest.lo}, (negative ? -turns : turns) & 3};
}

/// The same in float, whose values are doubles.
constexpr reduced_angle<float> reduce_huge_angle(float x) {
    const auto [rest, turns] = reduce_huge_angle(static_cast<double>(x));
    const auto high = static_cast<float>(rest.hi);
    return {{high, static_cast<float>(rest.hi - static_cast<double>(high))}, static_cast<std::int32_t>(turns)};
}

/// Replaces the lanes whose angle is finite and at least the limit; out of line, as it is rare.
template <class T>
[[gnu::noinline, gnu::cold]] inline void reduce_huge_lanes(const T* x, T limit, T* hi, T* lo, integer_t<T>* turns, int lanes) {
    for (int i = 0; i < lanes; ++i)
        if (abs(x[i]) >= limit && abs(x[i]) < format<T>::infinity) {
            const auto reduced = reduce_huge_angle(x[i]);
            hi[i] = reduced.rest.hi;
            lo[i] = reduced.rest.lo;
            turns[i] = reduced.quarter_turns;
        }
}

} // namespace ctgrad::simd::detail
