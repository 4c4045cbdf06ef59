// expect: channels_must_match
// shows: conv2d
// shows: [N,28,28,3]
// shows: [16,3,2,4]
// SPDX-License-Identifier: BSL-1.0
// Filters stand last, not first as in PyTorch.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 3>;
#ifdef FIXED
constexpr auto kernel = ct::variable<"kernel", float, 3, 3, 3, 16>;
constexpr auto y = ct::conv2d(x, kernel, ct::padding = ct::same);
#else
constexpr auto kernel = ct::variable<"kernel", float, 16, 3, 2, 4>;
constexpr auto y = ct::conv2d(x, kernel, ct::padding = ct::same); // wrong
#endif
