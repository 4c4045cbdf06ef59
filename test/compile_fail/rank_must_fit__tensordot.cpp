// expect: rank_must_fit
// shows: tensordot
// shows: [3,4]
// shows: [4,3]
// SPDX-License-Identifier: BSL-1.0
// One axis of a along two of b.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 3, 4>;
constexpr auto b = ct::placeholder<"b", float, 4, 3>;
#ifdef FIXED
constexpr auto y = ct::tensordot(a, b, ct::axis<1, 0>, ct::axis<0, 1>);
#else
constexpr auto y = ct::tensordot(a, b, ct::axis<1>, ct::axis<0, 1>); // wrong
#endif
