// expect: channels_must_match
// shows: depthwise_conv2d
// shows: [N,28,28,6]
// SPDX-License-Identifier: BSL-1.0
// Each channel has filters of its own.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 6>;
#ifdef FIXED
constexpr auto kernel = ct::variable<"kernel", float, 3, 3, 6, 1>;
constexpr auto y = ct::depthwise_conv2d(x, kernel);
#else
constexpr auto kernel = ct::variable<"kernel", float, 3, 3, 1, 6>;
constexpr auto y = ct::depthwise_conv2d(x, kernel); // wrong
#endif
