// expect: input_must_be_sequences
// shows: lstm
// shows: [N,20]
// SPDX-License-Identifier: BSL-1.0
// A step of one number still has an axis of features.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/sequences.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20>;
#ifdef FIXED
constexpr auto state = ct::lstm<8>()(ct::expand_dims(x, ct::axis<-1>));
#else
constexpr auto state = ct::lstm<8>()(x); // wrong
#endif
