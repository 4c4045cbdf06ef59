// expect: option_must_be_given_once
// shows: sgd
// shows: "learning_rate"
// SPDX-License-Identifier: BSL-1.0
// The rate by its place and by its name.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::sgd(ct::learning_rate = 0.1_c, ct::momentum = 0.9_c);
#else
constexpr auto optimizer = ct::sgd(0.01_c, ct::learning_rate = 0.1_c, ct::momentum = 0.9_c); // wrong
#endif
