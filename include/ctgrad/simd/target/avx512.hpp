// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

namespace ctgrad::simd::detail {

/// Every bit of a mask register. Built-ins take them signed or not as compiler and instruction please.
/// The argument 4 after it means: round as the environment says.
struct all_lanes {
    template <class Bits>
    [[gnu::always_inline]] constexpr operator Bits() const {
        return static_cast<Bits>(-1);
    }
};

/// Registers of 64 bytes of x86.
struct avx512 {
#if __has_builtin(__builtin_elementwise_sqrt)
    using square_root = no_instruction;
#elif defined(__clang__)
    struct square_root {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_sqrtps512(x, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_sqrtpd512(x, 4); }
    };
#else
    struct square_root {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_sqrtps512_mask(x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_sqrtpd512_mask(x, x, all_lanes{}, 4); }
    };
#endif
#if !__has_builtin(__builtin_elementwise_fma)
    struct multiply_add {
        [[gnu::always_inline]] static v16f call(v16f a, v16f b, v16f c) { return __builtin_ia32_vfmaddps512_mask(a, b, c, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d a, v8d b, v8d c) { return __builtin_ia32_vfmaddpd512_mask(a, b, c, all_lanes{}, 4); }
    };
#else
    using multiply_add = no_instruction;
#endif
    struct round_even {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_rndscaleps_mask(x, 8, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_rndscalepd_mask(x, 8, x, all_lanes{}, 4); }
    };
    struct round_down {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_rndscaleps_mask(x, 9, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_rndscalepd_mask(x, 9, x, all_lanes{}, 4); }
    };
#if !__has_builtin(__builtin_reduce_or)
    struct any_bit {
        [[gnu::always_inline]] static bool call(v16i m) { return __builtin_ia32_ptestmd512(m, m, all_lanes{}) != 0; }
    };
#else
    using any_bit = no_instruction;
#endif
#if !defined(__clang__)
    // c < x ? c : x exactly, of all sizes: g++ 12 makes a mask and a choice of the select.
    struct lesser {
        [[gnu::always_inline]] static v16f call(v16f c, v16f x) { return __builtin_ia32_minps512_mask(c, x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d c, v8d x) { return __builtin_ia32_minpd512_mask(c, x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8f call(v8f c, v8f x) { return __builtin_ia32_minps256(c, x); }
        [[gnu::always_inline]] static v4d call(v4d c, v4d x) { return __builtin_ia32_minpd256(c, x); }
        [[gnu::always_inline]] static v4f call(v4f c, v4f x) { return __builtin_ia32_minps(c, x); }
        [[gnu::always_inline]] static v2d call(v2d c, v2d x) { return __builtin_ia32_minpd(c, x); }
    };
    // c > x ? c : x.
    struct greater {
        [[gnu::always_inline]] static v16f call(v16f c, v16f x) { return __builtin_ia32_maxps512_mask(c, x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d c, v8d x) { return __builtin_ia32_maxpd512_mask(c, x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8f call(v8f c, v8f x) { return __builtin_ia32_maxps256(c, x); }
        [[gnu::always_inline]] static v4d call(v4d c, v4d x) { return __builtin_ia32_maxpd256(c, x); }
        [[gnu::always_inline]] static v4f call(v4f c, v4f x) { return __builtin_ia32_maxps(c, x); }
        [[gnu::always_inline]] static v2d call(v2d c, v2d x) { return __builtin_ia32_maxpd(c, x); }
    };
    // g++ 12 would take two conversions, and two instructions for each of these, written as shuffles.
    struct widen {
        [[gnu::always_inline]] static v8d call(v8f x) { return __builtin_ia32_cvtps2pd512_mask(x, v8d{}, all_lanes{}, 4); }
    };
    /// `x` with 16 bytes, number P, replaced by `y`.
    template <int P>
    [[gnu::always_inline]] static v16f insert_piece(v16f x, v4f y) {
        return __builtin_ia32_insertf32x4_mask(x, y, P, x, all_lanes{});
    }
    template <int P>
    [[gnu::always_inline]] static v4f extract_piece(v16f x) {
        return __builtin_ia32_extractf32x4_mask(x, P, v4f{}, all_lanes{});
    }
    static constexpr bool has_pieces = true;
#else
    using lesser = no_instruction;
    using greater = no_instruction;
    using widen = no_instruction;
    static constexpr bool has_pieces = false;
#endif
    /// x 2^n.
    struct scale {
        [[gnu::always_inline]] static v16f call(v16f x, v16f n) { return __builtin_ia32_scalefps512_mask(x, n, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x, v8d n) { return __builtin_ia32_scalefpd512_mask(x, n, x, all_lanes{}, 4); }
    };
    struct exponent {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_getexpps512_mask(x, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_getexppd512_mask(x, x, all_lanes{}, 4); }
    };
    /// 15: in the interval [3/4, 3/2), and NaN for what is below zero.
    struct significand {
        [[gnu::always_inline]] static v16f call(v16f x) { return __builtin_ia32_getmantps512_mask(x, 15, x, all_lanes{}, 4); }
        [[gnu::always_inline]] static v8d call(v8d x) { return __builtin_ia32_getmantpd512_mask(x, 15, x, all_lanes{}, 4); }
    };
    // Masked moves do not touch what they leave out, so that a page that is not there does no harm.
    struct load_masked {
        [[gnu::always_inline]] static v16f call(const void* p, v16f zero, unsigned m) {
            return __builtin_ia32_loadups512_mask(static_cast<const float*>(p), zero, static_cast<unsigned short>(m));
        }
        [[gnu::always_inline]] static v8d call(const void* p, v8d zero, unsigned m) {
            return __builtin_ia32_loadupd512_mask(static_cast<const double*>(p), zero, static_cast<unsigned char>(m));
        }
    };
    struct store_masked {
        [[gnu::always_inline]] static void call(void* p, v16f v, unsigned m) {
            __builtin_ia32_storeups512_mask(static_cast<float*>(p), v, static_cast<unsigned short>(m));
        }
        [[gnu::always_inline]] static void call(void* p, v8d v, unsigned m) {
            __builtin_ia32_storeupd512_mask(static_cast<double*>(p), v, static_cast<unsigned char>(m));
        }
    };
    /// table[index], of 16 numbers or of 32 in two halves.
#if defined(__clang__)
    struct look_up {
        [[gnu::always_inline]] static v16f call(v16f table, v16i index) { return __builtin_ia32_permvarsf512(table, index); }
        [[gnu::always_inline]] static v16f call(v16f low, v16f high, v16i index) {
            return __builtin_ia32_vpermi2varps512(low, index, high);
        }
    };
#else
    struct look_up {
        [[gnu::always_inline]] static v16f call(v16f table, v16i index) {
            return __builtin_ia32_permvarsf512_mask(table, index, table, all_lanes{});
        }
        [[gnu::always_inline]] static v16f call(v16f low, v16f high, v16i index) {
            return __builtin_ia32_vpermt2varps512_mask(index, low, high, all_lanes{});
        }
    };
#endif
};

} // namespace ctgrad::simd::detail
