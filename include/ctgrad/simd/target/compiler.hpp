// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/registers.hpp>

#include <cstddef>

/// @file What the two compilers must be told apart for.

/// Lets a product and a sum become one fused operation, as g++ does by itself; first in a function's body.
#if defined(__clang__)
#define CTGRAD_FUSES _Pragma("clang fp contract(fast)")
#else
#define CTGRAD_FUSES
#endif

/// Of the functions that hold loops, `[[gnu::noinline, CTGRAD_OPTIMIZED]]`: where nothing is optimized, they are, with all that is inlined
/// into them. A debug build would otherwise take a hundred times as long. (Clang cannot be told.)
#if defined(__GNUC__) && !defined(__clang__) && !defined(__OPTIMIZE__)
#define CTGRAD_OPTIMIZED gnu::optimize(2)
#else
#define CTGRAD_OPTIMIZED
#endif

namespace ctgrad::simd::detail {

/// 0, 1, ... N - 1 as a pack, without the cost of <utility>.
template <class T, T... I>
struct index_pack {};

#if __has_builtin(__make_integer_seq)
template <int N>
using indices = __make_integer_seq<index_pack, int, N>;
#else
template <int N>
using indices = index_pack<int, __integer_pack(N)...>;
#endif

/// Vectors of any size, which Clang has functions for.
struct any_vector {
#if __has_builtin(__builtin_elementwise_sqrt)
    struct square_root {
        template <class V>
        [[gnu::always_inline]] static V call(V x) {
            return __builtin_elementwise_sqrt(x);
        }
    };
#else
    using square_root = no_instruction;
#endif
#if CTGRAD_SIMD_FUSED && __has_builtin(__builtin_elementwise_fma)
    struct multiply_add {
        template <class V>
        [[gnu::always_inline]] static V call(V a, V b, V c) {
            return __builtin_elementwise_fma(a, b, c);
        }
    };
#else
    using multiply_add = no_instruction;
#endif
#if __has_builtin(__builtin_reduce_or)
    struct any_bit {
        template <class V>
        [[gnu::always_inline]] static bool call(V m) {
            return __builtin_reduce_or(m) != 0;
        }
    };
#else
    using any_bit = no_instruction;
#endif
    using round_even = no_instruction;
    using round_down = no_instruction;
};

/// What is loaded once stays in a register: g++ would load it again for each use.
template <class Native>
[[gnu::always_inline]] inline void load_once([[maybe_unused]] Native& x) {
#if !defined(__clang__) && defined(__x86_64__)
    asm("" : "+v"(x));
#endif
}

/// Has the sum `x` made before what is loaded next. Clang would load the operands of all additions first, and run
/// out of registers.
template <class Native>
[[gnu::always_inline]] inline void add_first([[maybe_unused]] Native& x) {
#if defined(__clang__) && defined(__x86_64__)
    asm("" : "+v"(x));
#endif
}

/// Clang (16 to 19) aligns a frame for vectors that it moves there only if something else asks for it.
[[gnu::always_inline]] inline void align_frame() {
#if defined(__clang__)
    alignas(64) std::byte aligned;
    asm volatile("" : : "r"(&aligned));
#endif
}

} // namespace ctgrad::simd::detail
