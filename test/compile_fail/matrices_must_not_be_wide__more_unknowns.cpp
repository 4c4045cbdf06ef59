// expect: matrices_must_not_be_wide
// shows: lstsq
// shows: [3,5]
// SPDX-License-Identifier: BSL-1.0
// Fewer equations than unknowns.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", double, 3, 5>;
constexpr auto b = ct::placeholder<"b", double, 5>;
#ifdef FIXED
constexpr auto x = ct::lstsq(ct::transpose(a), b);
#else
constexpr auto x = ct::lstsq(a, b); // wrong
#endif
