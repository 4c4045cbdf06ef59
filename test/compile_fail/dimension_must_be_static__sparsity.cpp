// expect: dimension_must_be_static
// shows: sparsity
// shows: [N,N]
// SPDX-License-Identifier: BSL-1.0
// The pattern of a matrix both sides of which are known at run time only.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::exp(x);
#ifdef FIXED
constexpr auto pattern = ct::jacobian_sparsity(y, x); // of each example
#else
constexpr auto pattern = ct::sparsity(ct::jacobian(y, x)[x]); // wrong
#endif
