// expect: update_must_be_of_a_variable
// shows: "x"
// shows: placeholder
// SPDX-License-Identifier: BSL-1.0
// A group of data.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto b = ct::variable<"b", float, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) + b - y));
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::group(ct::adam(), W));
#else
constexpr auto step = ct::minimize(loss, ct::group(ct::adam(), W, x)); // wrong
#endif
