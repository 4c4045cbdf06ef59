// expect: dtype_must_be_integer
// shows: float32[N]
// shows: gather
// SPDX-License-Identifier: BSL-1.0
// An index is an integer.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto table = ct::variable<"table", float, 1000, 16>;
#ifdef FIXED
constexpr auto words = ct::placeholder<"words", std::int32_t, N>;
#else
constexpr auto words = ct::placeholder<"words", float, N>;
#endif
constexpr auto vectors = ct::gather(table, words); // wrong
