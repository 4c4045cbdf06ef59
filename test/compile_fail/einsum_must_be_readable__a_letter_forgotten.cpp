// expect: einsum_must_be_readable
// shows: nij,jk
// shows: term 1 is of rank 3
// SPDX-License-Identifier: BSL-1.0
// A matrix where there is a batch of them.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 3, 4>;
constexpr auto b = ct::placeholder<"b", float, 4, 5>;
#ifdef FIXED
constexpr auto y = ct::einsum<"ij,jk">(a, b);
#else
constexpr auto y = ct::einsum<"nij,jk">(a, b); // wrong
#endif
