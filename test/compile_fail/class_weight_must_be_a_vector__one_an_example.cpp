// expect: class_weight_must_be_a_vector
// shows: ([batch])
// shows: [batch,10]
// SPDX-License-Identifier: BSL-1.0
// Weights of examples where those of classes belong.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto batch = ct::dim<"batch">;
constexpr auto truth = ct::placeholder<"truth", float, batch, 10>;
constexpr auto guess = ct::placeholder<"guess", float, batch, 10>;
#ifdef FIXED
constexpr auto weights = ct::placeholder<"weights", float, 10>;
#else
constexpr auto weights = ct::placeholder<"weights", float, batch>;
#endif
constexpr auto loss = ct::categorical_crossentropy();
constexpr auto total = loss(truth, guess, ct::class_weight = weights); // wrong
