// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `simd`: as many numbers at once as the flags of the translation unit allow, and the
/// elementary functions of them, which are the same formulas for scalars (constexpr) and vecs.
///
/// Accuracies are those measured by the tests, in units of the last place of the right result. They hold
/// under any optimisation level and with or without contraction, but not with -ffast-math, which
/// reassociates what the formulas round on purpose and forgets NaN. Where the machine has fused
/// multiplication, every compiler and flag gives the same bits, and a lane those of the scalar; with AVX-512
/// exp and tanh in float, and what is made of them, go by tables and may differ from those without.
///
/// Constant expressions take finite and infinite numbers; clang lets none compute with NaN.

#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/compare.hpp>
#include <ctgrad/simd/erf.hpp>
#include <ctgrad/simd/erfc.hpp>
#include <ctgrad/simd/exp.hpp>
#include <ctgrad/simd/fma.hpp>
#include <ctgrad/simd/log.hpp>
#include <ctgrad/simd/log_cosh.hpp>
#include <ctgrad/simd/mask.hpp>
#include <ctgrad/simd/memory.hpp>
#include <ctgrad/simd/pow.hpp>
#include <ctgrad/simd/reduce.hpp>
#include <ctgrad/simd/round.hpp>
#include <ctgrad/simd/sqrt.hpp>
#include <ctgrad/simd/sum_of_logs.hpp>
#include <ctgrad/simd/tanh.hpp>
#include <ctgrad/simd/tanh_shrink.hpp>
#include <ctgrad/simd/threefry.hpp>
#include <ctgrad/simd/trigonometric.hpp>
#include <ctgrad/simd/vec.hpp>
