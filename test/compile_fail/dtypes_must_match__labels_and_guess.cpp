// expect: dtypes_must_match
// shows: int32[N]
// shows: float32[N]
// shows: equal
// SPDX-License-Identifier: BSL-1.0
// The labels were read as float.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto labels = ct::placeholder<"labels", float, N>;
constexpr auto logits = ct::placeholder<"logits", float, N, 10>;
constexpr auto guess = ct::argmax(logits, ct::axis<1>);
#ifdef FIXED
constexpr auto hits = ct::equal(guess, ct::cast<std::int32_t>(labels));
#else
constexpr auto hits = ct::equal(guess, labels); // wrong
#endif
