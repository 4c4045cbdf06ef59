// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/compiler.hpp>
#include <ctgrad/simd/target/registers.hpp>
#include <ctgrad/simd/target/scalar.hpp>

#include <type_traits>

#if defined(__SSE2__)
#include <ctgrad/simd/target/sse.hpp>
#endif
#if defined(__AVX__)
#include <ctgrad/simd/target/avx.hpp>
#endif
#if defined(__AVX512F__)
#include <ctgrad/simd/target/avx512.hpp>
#endif
#if defined(__aarch64__)
#include <ctgrad/simd/target/neon.hpp>
#endif

/// @file The instructions of this machine. A target is a struct in a file of its own, with the same operations as the others; each
/// has overloads `call` for the registers of the target. Nothing else in this library asks for a processor.

namespace ctgrad::simd::detail {

/// The overloads of two operations.
template <class A, class B>
struct overloads : A, B {
    using A::call;
    using B::call;
};
template <class A>
struct overloads<A, no_instruction> : A {};
template <class B>
struct overloads<no_instruction, B> : B {};
template <>
struct overloads<no_instruction, no_instruction> : no_instruction {};

/// The operations of targets, each on the registers of all of them.
template <class First, class... More>
struct instruction_set {
    using rest = instruction_set<More...>;
    using square_root = overloads<typename First::square_root, typename rest::square_root>;
    using multiply_add = overloads<typename First::multiply_add, typename rest::multiply_add>;
    using round_even = overloads<typename First::round_even, typename rest::round_even>;
    using round_down = overloads<typename First::round_down, typename rest::round_down>;
    using any_bit = overloads<typename First::any_bit, typename rest::any_bit>;
};
template <class Last>
struct instruction_set<Last> : Last {};

using instructions = instruction_set<scalar,
#if defined(__SSE2__)
                                     sse,
#endif
#if defined(__AVX__)
                                     avx,
#endif
#if defined(__AVX512F__)
                                     avx512,
#endif
#if defined(__aarch64__)
                                     neon,
#endif
                                     any_vector>;

/// Operations that only registers of 64 bytes have.
#if defined(__AVX512F__)
using wide_instructions = avx512;
#else
struct wide_instructions {
    using lesser = no_instruction;
    using greater = no_instruction;
    using widen = no_instruction;
    using scale = no_instruction;
    using exponent = no_instruction;
    using significand = no_instruction;
    using load_masked = no_instruction;
    using store_masked = no_instruction;
    using look_up = no_instruction;
    static constexpr bool has_pieces = false;
    template <int>
    static void insert_piece();
    template <int>
    static void extract_piece();
};
#endif

/// Whether a target has operation `Of` in one instruction.
template <class Of>
inline constexpr bool is_instruction = !std::is_same_v<Of, no_instruction>;

} // namespace ctgrad::simd::detail
