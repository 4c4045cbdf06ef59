// expect: activation_must_be_a_function
// shows: dense
// shows: text
// SPDX-License-Identifier: BSL-1.0
// The name of an activation.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

#ifdef FIXED
constexpr auto layer = ct::dense<16>(ct::relu);
#else
constexpr auto layer = ct::dense<16>("relu"); // wrong
#endif
