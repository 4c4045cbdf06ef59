// expect: examples_must_fit_input
// shows: [N,28,28]
// shows: [N,784]
// SPDX-License-Identifier: BSL-1.0
// Images that nobody has flattened.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto images = ct::placeholder<"images", float, N, 28, 28>;
constexpr auto model = ct::sequential(ct::input<784>, ct::dense<10>(ct::softmax));
#ifdef FIXED
constexpr auto prediction = model(ct::flatten()(images));
#else
constexpr auto prediction = model(images); // wrong
#endif
