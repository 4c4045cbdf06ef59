// expect: matrices_must_be_square
// shows: solve
// shows: [5,3]
// SPDX-License-Identifier: BSL-1.0
// More equations than unknowns.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", double, 5, 3>;
constexpr auto b = ct::placeholder<"b", double, 5>;
#ifdef FIXED
constexpr auto x = ct::lstsq(a, b);
#else
constexpr auto x = ct::solve(a, b); // wrong
#endif
