// expect: option_must_be_known
// shows: sgd
// shows: "one more"
// SPDX-License-Identifier: BSL-1.0
// Momentum of Nesterov is asked for by its name.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::sgd(0.1_c, 0.9_c, ct::nesterov);
#else
constexpr auto optimizer = ct::sgd(0.1_c, 0.9_c, 1_c); // wrong
#endif
