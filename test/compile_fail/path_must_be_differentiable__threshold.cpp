// expect: path_must_be_differentiable
// shows: "w"
// shows: "greater"
// SPDX-License-Identifier: BSL-1.0
// A hard threshold has no slope.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto decision = ct::sigmoid(prediction);
#else
constexpr auto decision = ct::cast<float>(prediction > 0_c);
#endif
constexpr auto grads = ct::gradient(ct::reduce_mean(ct::square(decision - y)), w); // wrong
