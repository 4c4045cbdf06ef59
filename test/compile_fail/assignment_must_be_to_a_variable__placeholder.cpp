// expect: assignment_must_be_to_a_variable
// shows: "x"
// shows: placeholder
// SPDX-License-Identifier: BSL-1.0
// Data are nobody's to change.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto mean = ct::state<"mean", float>;
constexpr auto w = ct::variable<"w", float>;
constexpr auto loss = ct::reduce_mean(ct::square(w * x - 1_c));
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::sgd(), ct::assign(mean, ct::reduce_mean(x)));
#else
constexpr auto step = ct::minimize(loss, ct::sgd(), ct::assign(x, ct::reduce_mean(x))); // wrong
#endif
