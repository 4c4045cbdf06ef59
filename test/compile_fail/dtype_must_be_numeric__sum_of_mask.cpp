// expect: dtype_must_be_numeric
// shows: bool[N]
// shows: reduce_sum
// SPDX-License-Identifier: BSL-1.0
// A mask is not a number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto count = ct::reduce_sum(ct::cast<float>(x > 0_c));
#else
constexpr auto count = ct::reduce_sum(x > 0_c); // wrong
#endif
