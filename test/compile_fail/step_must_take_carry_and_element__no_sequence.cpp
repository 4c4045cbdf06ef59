// expect: step_must_take_carry_and_element
// shows: fold
// SPDX-License-Identifier: BSL-1.0
// Without a sequence there is no element.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto x = ct::placeholder<"x", float>;
#ifdef FIXED
constexpr auto root = ct::fold([](auto y) { return 0.5_c * (y + x / y); }, x, ct::times<8>);
#else
constexpr auto root = ct::fold([](auto y, auto) { return 0.5_c * (y + x / y); }, x, ct::times<8>); // wrong
#endif
