// expect: variable_must_be_static
// shows: "w"
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// A parameter for every example of a batch whose size is not known.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto w = ct::variable<"w", float>;
#else
constexpr auto w = ct::variable<"w", float, N>;
#endif
constexpr auto loss = ct::reduce_mean(ct::square(x - w));
constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.1_c)); // wrong
