// expect: size_must_stay_the_same
// shows: reshape [N,28,27]
// shows: [N,784]
// SPDX-License-Identifier: BSL-1.0
// 28 times 27 is not 784.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
#ifdef FIXED
constexpr auto images = ct::reshape(x, ct::dims<N, 28, 28>);
#else
constexpr auto images = ct::reshape(x, ct::dims<N, 28, 27>); // wrong
#endif
