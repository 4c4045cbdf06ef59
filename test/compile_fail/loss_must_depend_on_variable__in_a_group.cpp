// expect: loss_must_depend_on_variable
// shows: "V"
// SPDX-License-Identifier: BSL-1.0
// A group with a variable of another loss.
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
constexpr auto V = ct::variable<"V", float>;
constexpr auto step = ct::minimize(loss + ct::square(V), ct::group(ct::adam(), W, V));
#else
constexpr auto V = ct::variable<"V", float>;
constexpr auto step = ct::minimize(loss, ct::group(ct::adam(), W, V)); // wrong
#endif
