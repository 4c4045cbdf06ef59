// expect: softmax_must_have_several_classes
// shows: "compile"
// shows: "[N,1]"
// SPDX-License-Identifier: BSL-1.0
// Keras' classic: two classes, one unit, softmax. Nothing is ever learned.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

#ifdef FIXED
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<16>(ct::relu), ct::dense<1>(ct::sigmoid));
#else
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<16>(ct::relu), ct::dense<1>(ct::softmax));
#endif

int main() {
    std::vector<float> X(100 * 20, 0.5F), Y(100, 1.0F);
    auto net = ct::compile(model, ct::adam(0.01_c), ct::binary_crossentropy, ct::metrics(ct::accuracy)); // wrong
    net.fit(X, Y, {.epochs = 2, .verbose = 0});
}
