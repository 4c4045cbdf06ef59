// expect: window_must_fit_input
// shows: windows window<7>
// shows: [N,5]
// SPDX-License-Identifier: BSL-1.0
// A window longer than the axis.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 5>;
#ifdef FIXED
constexpr auto w = ct::windows(x, ct::axis<1>, ct::window<5>);
#else
constexpr auto w = ct::windows(x, ct::axis<1>, ct::window<7>); // wrong
#endif
