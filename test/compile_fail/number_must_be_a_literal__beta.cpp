// expect: number_must_be_a_literal
// shows: adam
// shows: "beta_1"
// SPDX-License-Identifier: BSL-1.0
// A decay as a bare number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::adam(0.001_c, ct::beta_1 = 0.95_c);
#else
constexpr auto optimizer = ct::adam(0.001_c, ct::beta_1 = 0.95); // wrong
#endif
