// expect: window_must_fit_input
// shows: conv1d
// shows: [N,8,4]
// SPDX-License-Identifier: BSL-1.0
// A window of three elements that are four apart spans nine.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 8, 4>;
constexpr auto kernel = ct::variable<"kernel", float, 3, 4, 16>;
#ifdef FIXED
constexpr auto y = ct::conv1d(x, kernel, ct::dilations<3>);
#else
constexpr auto y = ct::conv1d(x, kernel, ct::dilations<4>); // wrong
#endif
