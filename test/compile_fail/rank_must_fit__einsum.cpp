// expect: rank_must_fit
// shows: einsum
// shows: nabklm,ncdklm->nabcd
// SPDX-License-Identifier: BSL-1.0
// Named dimensions cannot be made one: the product on the way would have more than 6 axes.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", float, N, M, M, M, M, M>;
#ifdef FIXED
constexpr auto z = ct::einsum<"nabklm,nabklm->nab">(x, x);
#else
constexpr auto z = ct::einsum<"nabklm,ncdklm->nabcd">(x, x); // wrong
#endif
