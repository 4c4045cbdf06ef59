// expect: shapes_must_broadcast
// shows: [100]
// shows: [N,10]
// shows: multiply
// SPDX-License-Identifier: BSL-1.0
// One weight an example, given as a row.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto errors = ct::placeholder<"errors", float, N, 10>;
#ifdef FIXED
constexpr auto weights = ct::placeholder<"weights", float, N, 1>;
#else
constexpr auto weights = ct::placeholder<"weights", float, 100>;
#endif
constexpr auto weighted = ct::reduce_mean(errors * weights); // wrong
