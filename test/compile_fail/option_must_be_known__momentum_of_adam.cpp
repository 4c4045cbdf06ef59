// expect: option_must_be_known
// shows: adam
// shows: "momentum"
// SPDX-License-Identifier: BSL-1.0
// Adam has betas.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::adam(0.01_c, ct::beta_1 = 0.95_c);
#else
constexpr auto optimizer = ct::adam(0.01_c, ct::momentum = 0.95_c); // wrong
#endif
