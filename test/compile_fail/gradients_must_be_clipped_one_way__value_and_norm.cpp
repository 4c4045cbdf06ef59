// expect: gradients_must_be_clipped_one_way
// shows: adam
// shows: "clipnorm"
// SPDX-License-Identifier: BSL-1.0
// Gradients cut element by element and also shortened.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto optimizer = ct::adam(0.01_c, ct::clipnorm = 1_c);
#else
constexpr auto optimizer = ct::adam(0.01_c, ct::clipnorm = 1_c, ct::clipvalue = 0.5_c); // wrong
#endif
