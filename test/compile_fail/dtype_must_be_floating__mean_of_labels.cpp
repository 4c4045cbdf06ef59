// expect: dtype_must_be_floating
// shows: int32[N]
// shows: reduce_mean
// SPDX-License-Identifier: BSL-1.0
// A mean of integers would be cut.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
#ifdef FIXED
constexpr auto mean = ct::reduce_mean(ct::cast<float>(labels));
#else
constexpr auto mean = ct::reduce_mean(labels); // wrong
#endif
