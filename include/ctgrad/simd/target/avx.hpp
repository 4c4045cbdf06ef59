// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

namespace ctgrad::simd::detail {

/// Registers of 32 bytes of x86.
struct avx {
#if !__has_builtin(__builtin_elementwise_sqrt)
    struct square_root {
        [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_sqrtps256(x); }
        [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_sqrtpd256(x); }
    };
#else
    using square_root = no_instruction;
#endif
#if defined(__FMA__) && !__has_builtin(__builtin_elementwise_fma)
    struct multiply_add {
        [[gnu::always_inline]] static v8f call(v8f a, v8f b, v8f c) { return __builtin_ia32_vfmaddps256(a, b, c); }
        [[gnu::always_inline]] static v4d call(v4d a, v4d b, v4d c) { return __builtin_ia32_vfmaddpd256(a, b, c); }
    };
#else
    using multiply_add = no_instruction;
#endif
    struct round_even {
        [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_roundps256(x, 8); }
        [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_roundpd256(x, 8); }
    };
    struct round_down {
        [[gnu::always_inline]] static v8f call(v8f x) { return __builtin_ia32_roundps256(x, 9); }
        [[gnu::always_inline]] static v4d call(v4d x) { return __builtin_ia32_roundpd256(x, 9); }
    };
#if !__has_builtin(__builtin_reduce_or)
    struct any_bit {
        [[gnu::always_inline]] static bool call(v8i m) { return __builtin_ia32_movmskps256(reinterpret_cast<v8f>(m)) != 0; }
    };
#else
    using any_bit = no_instruction;
#endif
};

} // namespace ctgrad::simd::detail
