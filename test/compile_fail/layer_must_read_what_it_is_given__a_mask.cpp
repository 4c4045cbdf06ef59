// expect: layer_must_read_what_it_is_given
// shows: flatten
// shows: a mask
// SPDX-License-Identifier: BSL-1.0
// A mask for a layer that mixes the steps.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/sequences.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20, 3>;
constexpr auto steps = ct::masking()(x);
#ifdef FIXED
constexpr auto features = ct::lstm<8>()(steps);
#else
constexpr auto features = ct::flatten()(steps); // wrong
#endif
