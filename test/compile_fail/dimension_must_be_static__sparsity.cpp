// expect: dimension_must_be_static
// shows: sparsity
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// The pattern of a matrix of which the rows are known at run time only.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto q = ct::variable<"q", double, 3>;
#ifdef FIXED
constexpr auto y = ct::exp(q);
#else
constexpr auto y = ct::reduce_sum(q) * x;
#endif
constexpr auto pattern = ct::sparsity(ct::jacobian(y, q)[q]); // wrong
