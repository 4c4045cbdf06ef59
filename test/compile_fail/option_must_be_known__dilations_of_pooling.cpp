// expect: option_must_be_known
// shows: max_pool2d
// shows: dilations
// SPDX-License-Identifier: BSL-1.0
// Elements of pooled windows are adjacent.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 4>;
#ifdef FIXED
constexpr auto y = ct::max_pool2d(x, ct::pool_size<2>, ct::strides<1>);
#else
constexpr auto y = ct::max_pool2d(x, ct::pool_size<2>, ct::dilations<2>); // wrong
#endif
