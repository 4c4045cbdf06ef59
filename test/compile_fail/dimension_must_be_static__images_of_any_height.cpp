// expect: dimension_must_be_static
// shows: conv2d
// shows: [N,H,28,1]
// SPDX-License-Identifier: BSL-1.0
// Images have known extents.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto H = ct::dim<"H">;
constexpr auto kernel = ct::variable<"kernel", float, 3, 3, 1, 8>;
#ifdef FIXED
constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 1>;
constexpr auto y = ct::conv2d(x, kernel);
#else
constexpr auto x = ct::placeholder<"x", float, N, H, 28, 1>;
constexpr auto y = ct::conv2d(x, kernel); // wrong
#endif
