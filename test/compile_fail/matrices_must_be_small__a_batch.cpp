// expect: matrices_must_be_small
// shows: cholesky
// shows: [N,N]
// SPDX-License-Identifier: BSL-1.0
// A covariance of as many points as there are.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto k = ct::placeholder<"k", double, N, N>;
constexpr auto k32 = ct::placeholder<"k32", double, 32, 32>;
#ifdef FIXED
constexpr auto l = ct::cholesky(k32);
#else
constexpr auto l = ct::cholesky(k); // wrong
#endif
