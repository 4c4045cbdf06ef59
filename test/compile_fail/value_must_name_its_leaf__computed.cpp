// expect: value_must_name_its_leaf
// shows: jvp
// shows: [N] = ...
// SPDX-License-Identifier: BSL-1.0
// A direction of something computed.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto residuals = ct::square(prediction - y);
#ifdef FIXED
constexpr auto along = ct::jvp(residuals, w = 1_c);
#else
constexpr auto along = ct::jvp(residuals, prediction = 1_c); // wrong
#endif
