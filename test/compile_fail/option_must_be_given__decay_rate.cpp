// expect: option_must_be_given
// shows: exponential_decay
// shows: "decay_rate"
// SPDX-License-Identifier: BSL-1.0
// How fast it falls is not said.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto rate = ct::exponential_decay(0.1_c, ct::decay_steps = 1000_c, ct::decay_rate = 0.96_c);
#else
constexpr auto rate = ct::exponential_decay(0.1_c, ct::decay_steps = 1000_c); // wrong
#endif
