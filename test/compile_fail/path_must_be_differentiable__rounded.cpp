// expect: path_must_be_differentiable
// shows: "w"
// shows: "cast"
// SPDX-License-Identifier: BSL-1.0
// An integer on the way stops the gradient.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto rounded = prediction;
#else
constexpr auto rounded = ct::cast<float>(ct::cast<std::int32_t>(prediction));
#endif
constexpr auto grads = ct::gradient(ct::reduce_mean(ct::square(rounded - y)), w); // wrong
