// expect: hyperparameter_must_be_in_range
// shows: dropout
// shows: rate = 20
// SPDX-License-Identifier: BSL-1.0
// A rate in percent.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto layer = ct::dropout(0.2_c);
#else
constexpr auto layer = ct::dropout(20_c); // wrong
#endif
