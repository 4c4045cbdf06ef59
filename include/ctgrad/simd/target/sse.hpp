// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

namespace ctgrad::simd::detail {

/// Registers of 16 bytes of x86. The last argument of rounding: 8 = even and 9 = down, both without the inexact exception.
struct sse {
    // Not __builtin_sqrt, which would test for negative numbers, to set errno.
#if !__has_builtin(__builtin_elementwise_sqrt)
    struct square_root {
        [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_sqrtps(x); }
        [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_sqrtpd(x); }
    };
#else
    using square_root = no_instruction;
#endif
#if defined(__FMA__) && !__has_builtin(__builtin_elementwise_fma)
    struct multiply_add {
        [[gnu::always_inline]] static v4f call(v4f a, v4f b, v4f c) { return __builtin_ia32_vfmaddps(a, b, c); }
        [[gnu::always_inline]] static v2d call(v2d a, v2d b, v2d c) { return __builtin_ia32_vfmaddpd(a, b, c); }
    };
#else
    using multiply_add = no_instruction;
#endif
#if defined(__SSE4_1__)
    struct round_even {
        [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_roundps(x, 8); }
        [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_roundpd(x, 8); }
    };
    struct round_down {
        [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_ia32_roundps(x, 9); }
        [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_ia32_roundpd(x, 9); }
    };
#else
    using round_even = no_instruction;
    using round_down = no_instruction;
#endif
#if !__has_builtin(__builtin_reduce_or)
    struct any_bit {
        [[gnu::always_inline]] static bool call(v4i m) { return __builtin_ia32_movmskps(reinterpret_cast<v4f>(m)) != 0; }
    };
#else
    using any_bit = no_instruction;
#endif
};

} // namespace ctgrad::simd::detail
