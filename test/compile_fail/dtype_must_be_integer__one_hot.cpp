// expect: dtype_must_be_integer
// shows: float32[N]
// shows: one_hot
// SPDX-License-Identifier: BSL-1.0
// The labels were read as float.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto labels = ct::placeholder<"labels", float, N>;
#ifdef FIXED
constexpr auto truth = ct::one_hot<float>(ct::cast<std::int32_t>(labels), ct::depth<10>);
#else
constexpr auto truth = ct::one_hot<float>(labels, ct::depth<10>); // wrong
#endif
