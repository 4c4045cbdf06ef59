// expect: name_must_mean_one_leaf
// shows: "a"
// shows: placeholder float32[N]
// shows: variable float32[N]
// SPDX-License-Identifier: BSL-1.0
// The data and the parameter have one name.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto a = ct::placeholder<"a", float, N>;
#ifdef FIXED
constexpr auto b = ct::variable<"b", float, N>;
#else
constexpr auto b = ct::variable<"a", float, N>;
#endif
constexpr auto sum = a + b; // wrong
