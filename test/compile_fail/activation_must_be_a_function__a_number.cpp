// expect: activation_must_be_a_function
// shows: dense
// shows: number
// SPDX-License-Identifier: BSL-1.0
// The number of units once more.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

#ifdef FIXED
constexpr auto layer = ct::dense<16>();
#else
constexpr auto layer = ct::dense<16>(16); // wrong
#endif
