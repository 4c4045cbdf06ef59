// expect: step_must_give_carry_and_output
// shows: scan
// SPDX-License-Identifier: BSL-1.0
// A scan wants an output too; what gives the carry alone is a fold.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto x = ct::placeholder<"x", float, 10>;
#ifdef FIXED
constexpr auto last = ct::fold([](auto sum, auto xt) { return sum + xt; }, 0_c, x);
#else
constexpr auto last = ct::scan([](auto sum, auto xt) { return sum + xt; }, 0_c, x); // wrong
#endif
