// expect: values_must_be_one_more_than_boundaries
// shows: piecewise_constant_decay
// shows: "2"
// shows: "3"
// SPDX-License-Identifier: BSL-1.0
// The rate before the first boundary is missing.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto rate = ct::piecewise_constant_decay(ct::boundaries(1000_c, 2000_c), ct::values(0.1_c, 0.01_c, 0.001_c));
#else
constexpr auto rate = ct::piecewise_constant_decay(ct::boundaries(1000_c, 2000_c), ct::values(0.01_c, 0.001_c)); // wrong
#endif
