// expect: hyperparameter_must_be_in_range
// shows: adam
// shows: beta_2 = 1
// shows: 0 or more, less than 1
// SPDX-License-Identifier: BSL-1.0
// A moving average that forgets nothing never begins.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::adam(0.001_c, ct::beta_2 = 0.999_c);
#else
constexpr auto optimizer = ct::adam(0.001_c, ct::beta_2 = 1_c); // wrong
#endif
