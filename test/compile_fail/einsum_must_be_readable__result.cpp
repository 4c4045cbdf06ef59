// expect: einsum_must_be_readable
// shows: ij,jk->il
// shows: l is in the result only
// SPDX-License-Identifier: BSL-1.0
// A letter that no operand has.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 3, 4>;
constexpr auto b = ct::placeholder<"b", float, 4, 5>;
#ifdef FIXED
constexpr auto y = ct::einsum<"ij,jk->ik">(a, b);
#else
constexpr auto y = ct::einsum<"ij,jk->il">(a, b); // wrong
#endif
