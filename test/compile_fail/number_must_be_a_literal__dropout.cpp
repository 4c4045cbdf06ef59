// expect: number_must_be_a_literal
// shows: dropout
// shows: rate
// SPDX-License-Identifier: BSL-1.0
// The rate is part of the model.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto layer = ct::dropout(0.2_c);
#else
constexpr auto layer = ct::dropout(0.2); // wrong
#endif
