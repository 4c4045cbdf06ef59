// expect: model_must_give_one_prediction
// shows: compile
// shows: a mask
// SPDX-License-Identifier: BSL-1.0
// A mask that reaches the loss, which would count steps that are none.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/nn/sequences.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto model = ct::sequential(ct::input<20, 3>, ct::masking(), ct::lstm<2>(), ct::dense<1>());
#else
constexpr auto model = ct::sequential(ct::input<20, 3>, ct::masking(), ct::lstm<2>(ct::return_sequences<true>), ct::dense<1>());
#endif
auto net = ct::compile(model, ct::adam(), ct::mean_squared_error); // wrong
