// expect: arguments_must_be_model_optimizer_and_loss
// shows: "(callable, optimizer, metric)"
// SPDX-License-Identifier: BSL-1.0
// The accuracy is a metric; it has no slope.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto model = ct::sequential(ct::input<20>, ct::dense<5>(ct::softmax));

int main() {
#ifdef FIXED
    auto net = ct::compile(model, ct::adam(), ct::categorical_crossentropy, ct::metrics(ct::accuracy));
#else
    auto net = ct::compile(model, ct::adam(), ct::accuracy); // wrong
#endif
}
