// expect: window_must_fit_input
// shows: max_pooling2d
// shows: [N,1,1,8]
// SPDX-License-Identifier: BSL-1.0
// One pooling too many: nothing is left to pool.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 1, 1, 8>;
#ifdef FIXED
constexpr auto y = ct::max_pooling2d<2>(ct::padding = ct::same)(x);
#else
constexpr auto y = ct::max_pooling2d<2>()(x); // wrong
#endif
