// expect: name_must_mean_one_leaf
// shows: "data"
// SPDX-License-Identifier: BSL-1.0
// Truth and data of one name.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"data", float, N, 784>;
#ifdef FIXED
constexpr auto y = ct::placeholder<"truth", float, N, 10>;
#else
constexpr auto y = ct::placeholder<"data", float, N, 10>;
#endif
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto loss = ct::mean_squared_error()(y, ct::matmul(x, W)); // wrong
