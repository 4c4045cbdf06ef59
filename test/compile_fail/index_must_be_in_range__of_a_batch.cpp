// expect: index_must_be_in_range
// shows: [at<0>, range<1,9>]
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// How many rows there are is not known.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
#ifdef FIXED
constexpr auto part = x[(ct::range<>, ct::range<1, 9>)];
#else
constexpr auto part = x[(ct::at<0>, ct::range<1, 9>)]; // wrong
#endif
