// expect: axes_must_be_distinct
// shows: transpose permutation<0,2,2>
// shows: [N,28,28]
// SPDX-License-Identifier: BSL-1.0
// A typing mistake in the order of axes.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28>;
#ifdef FIXED
constexpr auto turned = ct::transpose(x, ct::permutation<0, 2, 1>);
#else
constexpr auto turned = ct::transpose(x, ct::permutation<0, 2, 2>); // wrong
#endif
