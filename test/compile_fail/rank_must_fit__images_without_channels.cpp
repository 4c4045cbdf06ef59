// expect: rank_must_fit
// shows: conv2d
// shows: [N,28,28]
// SPDX-License-Identifier: BSL-1.0
// Images have an axis of channels, be it one.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 28, 28>;
#ifdef FIXED
constexpr auto y = ct::conv2d<32, 3>(ct::relu)(ct::expand_dims(x, ct::axis<-1>));
#else
constexpr auto y = ct::conv2d<32, 3>(ct::relu)(x); // wrong
#endif
