// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers are as IEEE 754 says. Under these options a compiler takes it that NaN and infinity do not occur and that sums may be
// reordered: masks, `where`, elementary functions and compensated sums then give wrong numbers without a word.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(__ASSOCIATIVE_MATH__)
#error "ctgrad needs IEEE arithmetic: compile without -ffast-math, -Ofast, -ffinite-math-only (NaN and sums go wrong); -O3 is enough."
#endif
