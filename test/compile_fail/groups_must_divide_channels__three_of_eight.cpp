// expect: groups_must_divide_channels
// shows: conv2d
// shows: [N,14,14,8]
// SPDX-License-Identifier: BSL-1.0
// Eight channels do not make three groups.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 14, 14, 8>;
#ifdef FIXED
constexpr auto y = ct::conv2d<12, 3>(ct::relu, ct::channel_groups<4>)(x);
#else
constexpr auto y = ct::conv2d<12, 3>(ct::relu, ct::channel_groups<3>)(x); // wrong
#endif
