// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

namespace ctgrad::simd::detail {

/// One number at a time.
struct scalar {
    struct square_root {
        [[gnu::always_inline]] static float call(float x) { return __builtin_sqrtf(x); }
        [[gnu::always_inline]] static double call(double x) { return __builtin_sqrt(x); }
    };
    struct multiply_add {
        [[gnu::always_inline]] static float call(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
        [[gnu::always_inline]] static double call(double a, double b, double c) { return __builtin_fma(a, b, c); }
    };
    struct round_even {
        [[gnu::always_inline]] static float call(float x) { return __builtin_rintf(x); }
        [[gnu::always_inline]] static double call(double x) { return __builtin_rint(x); }
    };
    struct round_down {
        [[gnu::always_inline]] static float call(float x) { return __builtin_floorf(x); }
        [[gnu::always_inline]] static double call(double x) { return __builtin_floor(x); }
    };
    struct any_bit {
        [[gnu::always_inline]] static bool call(int m) { return m != 0; }
    };
};

} // namespace ctgrad::simd::detail
