// expect: option_must_be_known
// shows: "dense"
// shows: "momentum"
// SPDX-License-Identifier: BSL-1.0
// An option of another layer.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto model = ct::sequential(ct::input<4>, ct::dense<3>(ct::relu), ct::batch_normalization(ct::momentum = 0.9_c));
#else
constexpr auto model = ct::sequential(ct::input<4>, ct::dense<3>(ct::relu, ct::momentum = 0.9_c), ct::batch_normalization()); // wrong
#endif
