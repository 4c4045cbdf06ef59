// expect: assignment_must_fit_variable
// shows: "mean"
// shows: float32[3]
// shows: float32[N]
// SPDX-License-Identifier: BSL-1.0
// The mean of each row where that of each column is meant.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto mean = ct::state<"mean", float, 3>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto loss = ct::reduce_mean(ct::square(w * x - 1_c));
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::sgd(), ct::assign(mean, ct::reduce_mean(x, ct::axis<0>)));
#else
constexpr auto step = ct::minimize(loss, ct::sgd(), ct::assign(mean, ct::reduce_mean(x, ct::axis<1>))); // wrong
#endif
