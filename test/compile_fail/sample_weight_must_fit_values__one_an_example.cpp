// expect: sample_weight_must_fit_values
// shows: [batch,10]
// shows: [batch]
// SPDX-License-Identifier: BSL-1.0
// One weight an example, one loss an element.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto batch = ct::dim<"batch">;
constexpr auto truth = ct::placeholder<"truth", float, batch, 10>;
constexpr auto guess = ct::placeholder<"guess", float, batch, 10>;
constexpr auto weights = ct::placeholder<"weights", float, batch>;
constexpr auto loss = ct::as_loss([](auto t, auto p) { return ct::square(t - p); });
#ifdef FIXED
constexpr auto total = loss(truth, guess, ct::sample_weight = ct::expand_dims(weights, ct::axis<1>));
#else
constexpr auto total = loss(truth, guess, ct::sample_weight = weights); // wrong
#endif
