// expect: matmul_inner_dimensions_must_match
// shows: solve
// shows: [3,3]
// shows: [4]
// SPDX-License-Identifier: BSL-1.0
// Three equations with four right sides.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", double, 3, 3>;
constexpr auto b = ct::placeholder<"b", double, 3>;
constexpr auto c = ct::placeholder<"c", double, 4>;
#ifdef FIXED
constexpr auto x = ct::solve(a, b);
#else
constexpr auto x = ct::solve(a, c); // wrong
#endif
