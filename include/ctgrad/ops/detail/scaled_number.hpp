// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>

namespace ctgrad::detail {

/// A number as mantissa times 2^exponent: no product of any length overflows or underflows on its way.
struct scaled_number {
    double mantissa = 0; ///< Of a magnitude in [1, 2), or 0, infinite or NaN.
    std::int64_t exponent = 0;

    constexpr scaled_number() = default;
    constexpr explicit scaled_number(double value, std::int64_t scale = 0) : mantissa(value), exponent(scale) {
        if (value == 0) return;
        if ((std::bit_cast<std::uint64_t>(mantissa) >> 52 & 0x7ff) == 0) { // denormal
            mantissa *= 0x1p64;
            exponent -= 64;
        }
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(mantissa), biased = bits >> 52 & 0x7ff;
        if (biased == 0x7ff) return;
        exponent += static_cast<std::int64_t>(biased) - 1023;
        mantissa = std::bit_cast<double>((bits & ~(std::uint64_t{0x7ff} << 52)) | std::uint64_t{1023} << 52);
    }

    constexpr bool is_zero() const { return mantissa == 0; }

    constexpr double value() const {
        if (exponent > 1100) return mantissa * 0x1p1000 * 0x1p1000;
        if (exponent < -1200) return mantissa * 0x1p-1000 * 0x1p-1000;
        const std::int64_t half = exponent / 2;
        return mantissa * power_of_two(half) * power_of_two(exponent - half);
    }

    friend constexpr scaled_number operator*(const scaled_number& a, const scaled_number& b) {
        return scaled_number(a.mantissa * b.mantissa, a.exponent + b.exponent);
    }
    friend constexpr scaled_number operator+(const scaled_number& a, const scaled_number& b) {
        if (a.is_zero()) return b;
        if (b.is_zero()) return a;
        if (a.exponent < b.exponent) return b + a;
        const std::int64_t shift = a.exponent - b.exponent;
        return scaled_number(a.mantissa + b.mantissa * power_of_two(shift < 1000 ? -shift : -1000), a.exponent);
    }

private:
    static constexpr double power_of_two(std::int64_t n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }
};

} // namespace ctgrad::detail
