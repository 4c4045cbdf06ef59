// expect: ctc_must_be_of_label_sequences
// shows: float32[N,50,28]
// shows: int32[N,9]
// SPDX-License-Identifier: BSL-1.0
// The logits stand where the labels belong.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/cross_entropies/ctc.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto text = ct::placeholder<"text", std::int32_t, N, 9>;
constexpr auto scores = ct::placeholder<"scores", float, N, 50, 28>;
#ifdef FIXED
constexpr auto loss = ct::reduce_mean(ct::ctc(text, scores));
#else
constexpr auto loss = ct::reduce_mean(ct::ctc(scores, text)); // wrong
#endif
