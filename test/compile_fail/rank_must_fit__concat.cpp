// expect: rank_must_fit
// shows: concat axis<0>
// shows: [4,3]
// shows: [3]
// SPDX-License-Identifier: BSL-1.0
// A row is no matrix of one row.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 4, 3>;
constexpr auto row = ct::placeholder<"row", float, 3>;
#ifdef FIXED
constexpr auto joined = ct::concat(ct::axis<0>, a, ct::expand_dims(row, ct::axis<0>));
#else
constexpr auto joined = ct::concat(ct::axis<0>, a, row); // wrong
#endif
