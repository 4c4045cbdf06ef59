// expect: rank_must_fit
// shows: transpose permutation<1,0>
// shows: [N,28,28]
// SPDX-License-Identifier: BSL-1.0
// An axis is missing.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28>;
#ifdef FIXED
constexpr auto turned = ct::transpose(x, ct::permutation<1, 0, 2>);
#else
constexpr auto turned = ct::transpose(x, ct::permutation<1, 0>); // wrong
#endif
