// expect: dtype_must_be_floating
// shows: int32[N]
// shows: exp
// SPDX-License-Identifier: BSL-1.0
// Integers have no exponential here.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
#ifdef FIXED
constexpr auto y = ct::exp(ct::cast<float>(labels));
#else
constexpr auto y = ct::exp(labels); // wrong
#endif
