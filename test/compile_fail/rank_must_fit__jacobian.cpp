// expect: rank_must_fit
// shows: jacobian
// shows: [2,2,2,2]
// SPDX-License-Identifier: BSL-1.0
// A Jacobian of eight axes.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto T = ct::variable<"T", float, 2, 2, 2, 2>;
#ifdef FIXED
constexpr auto slopes = ct::jacobian(ct::reshape(ct::exp(T), ct::dims<16>), T)[T];
#else
constexpr auto slopes = ct::jacobian(ct::exp(T), T)[T]; // wrong
#endif
