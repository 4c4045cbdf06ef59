// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

// What the flags of this translation unit allow. Registers are named by their bytes: 64 is AVX-512, 32 AVX, 16 SSE2 or NEON; how many
// there are of them. Macros, because the built-in functions of an instruction set that is off must not even be named.

#if defined(__AVX512F__)
#define CTGRAD_SIMD_REGISTER 64
#elif defined(__AVX__)
#define CTGRAD_SIMD_REGISTER 32
#else
#define CTGRAD_SIMD_REGISTER 16
#endif

#if defined(__AVX512F__) || defined(__aarch64__)
#define CTGRAD_SIMD_REGISTERS 32
#else
#define CTGRAD_SIMD_REGISTERS 16
#endif

#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__)
#define CTGRAD_SIMD_FUSED 1
#else
#define CTGRAD_SIMD_FUSED 0
#endif

namespace ctgrad::simd {

/// The lanes of the widest register: float 16 with AVX-512, 8 with AVX, 4 otherwise; double half of it.
template <class T>
inline constexpr int native_lanes = CTGRAD_SIMD_REGISTER / static_cast<int>(sizeof(T));

/// Whether fma() rounds once at run time. The same for every element type.
inline constexpr bool fused_multiply_add = CTGRAD_SIMD_FUSED;

/// Whether round() and floor() are instructions.
#if defined(__SSE4_1__)
inline constexpr bool rounds_in_hardware = true;
#else
inline constexpr bool rounds_in_hardware = false;
#endif

namespace detail {

typedef int v4i __attribute__((vector_size(16)));
typedef int v8i __attribute__((vector_size(32)));
typedef int v16i __attribute__((vector_size(64)));
typedef float v4f __attribute__((vector_size(16)));
typedef double v2d __attribute__((vector_size(16)));
typedef float v8f __attribute__((vector_size(32)));
typedef double v4d __attribute__((vector_size(32)));
typedef float v16f __attribute__((vector_size(64)));
typedef double v8d __attribute__((vector_size(64)));

/// An operation that a target has no instruction for.
struct no_instruction {
    static void call();
};

} // namespace detail
} // namespace ctgrad::simd
