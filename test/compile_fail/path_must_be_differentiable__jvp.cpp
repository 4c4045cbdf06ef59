// expect: path_must_be_differentiable
// shows: w
// shows: argmax
// SPDX-License-Identifier: BSL-1.0
// The derivative of a class along a direction.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto scores = x * w;
constexpr auto best = ct::cast<float>(ct::argmax(scores));
#ifdef FIXED
constexpr auto along = ct::jvp(scores, w = 1_c);
#else
constexpr auto along = ct::jvp(best, w = 1_c); // wrong
#endif
