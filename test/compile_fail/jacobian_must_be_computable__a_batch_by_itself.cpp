// expect: jacobian_must_be_computable
// shows: jacobian
// shows: [N,2]
// shows: shape
// SPDX-License-Identifier: BSL-1.0
// All rows of a batch by all rows of the data, which are nearly all 0.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto hidden = ct::tanh(ct::matmul(x, W));
#ifdef FIXED
constexpr auto slopes = ct::batch_jacobian(hidden, x)[x];
#else
constexpr auto slopes = ct::jacobian(hidden, x)[x]; // wrong
#endif
