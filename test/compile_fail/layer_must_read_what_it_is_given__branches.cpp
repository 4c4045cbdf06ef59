// expect: layer_must_read_what_it_is_given
// shows: dense
// shows: 2 tensors
// SPDX-License-Identifier: BSL-1.0
// Branches that nobody has merged.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
#ifdef FIXED
constexpr auto both = ct::sequential(ct::branches(ct::dense<8>(ct::relu), ct::dense<8>(ct::tanh)), ct::concatenate())(x);
#else
constexpr auto both = ct::branches(ct::dense<8>(ct::relu), ct::dense<8>(ct::tanh))(x);
#endif
constexpr auto scores = ct::dense<1>()(both); // wrong
