// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

namespace ctgrad::simd::detail {

/// Registers of 16 bytes of Arm, 64 bits.
struct neon {
#if !defined(__clang__)
    struct square_root {
        [[gnu::always_inline]] static v4f call(v4f x) { return __builtin_aarch64_sqrtv4sf(x); }
        [[gnu::always_inline]] static v2d call(v2d x) { return __builtin_aarch64_sqrtv2df(x); }
    };
#else
    using square_root = no_instruction;
#endif
#if !defined(__clang__)
    struct multiply_add {
        [[gnu::always_inline]] static v4f call(v4f a, v4f b, v4f c) { return __builtin_aarch64_fmav4sf(a, b, c); }
        [[gnu::always_inline]] static v2d call(v2d a, v2d b, v2d c) { return __builtin_aarch64_fmav2df(a, b, c); }
    };
#else
    using multiply_add = no_instruction;
#endif
    using round_even = no_instruction;
    using round_down = no_instruction;
    using any_bit = no_instruction;
};

} // namespace ctgrad::simd::detail
