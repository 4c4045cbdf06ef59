// expect: scan_must_have_values
// shows: fold
// shows: init
// SPDX-License-Identifier: BSL-1.0
// A bare number has no dtype.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto x = ct::placeholder<"x", float, 10>;
#ifdef FIXED
constexpr auto total = ct::fold([](auto sum, auto xt) { return sum + xt; }, 0_c, x);
#else
constexpr auto total = ct::fold([](auto sum, auto xt) { return sum + xt; }, 0.0, x); // wrong
#endif
