// expect: index_must_be_in_range
// shows: [at<3>]
// shows: [3]
// SPDX-License-Identifier: BSL-1.0
// The third of three.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto q = ct::variable<"q", double, 3>;
#ifdef FIXED
constexpr auto last = q[ct::at<2>];
#else
constexpr auto last = q[ct::at<3>]; // wrong
#endif
