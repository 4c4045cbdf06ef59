// expect: weighted_loss_must_have_values
// shows: [100]
// SPDX-License-Identifier: BSL-1.0
// The loss takes the mean itself: nothing is left to weigh.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto truth = ct::placeholder<"truth", float, 100, 10>;
constexpr auto guess = ct::placeholder<"guess", float, 100, 10>;
constexpr auto weights = ct::placeholder<"weights", float, 100>;
#ifdef FIXED
constexpr auto loss = ct::as_loss([](auto t, auto p) { return ct::reduce_mean(ct::square(t - p), ct::axis<1>); });
#else
constexpr auto loss = ct::as_loss([](auto t, auto p) { return ct::reduce_mean(ct::square(t - p)); });
#endif
constexpr auto total = loss(truth, guess, ct::sample_weight = weights); // wrong
