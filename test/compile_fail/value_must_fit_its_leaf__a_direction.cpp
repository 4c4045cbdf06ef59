// expect: value_must_fit_its_leaf
// shows: jvp
// shows: w float32[3]
// shows: float32[N]
// SPDX-License-Identifier: BSL-1.0
// A direction of another shape than the leaf.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto v = ct::placeholder<"v", float, 3>;
#ifdef FIXED
constexpr auto along = ct::jvp(prediction, w = v);
#else
constexpr auto along = ct::jvp(prediction, w = y); // wrong
#endif
