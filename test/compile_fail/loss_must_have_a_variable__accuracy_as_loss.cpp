// expect: loss_must_have_a_variable
// shows: "compile"
// SPDX-License-Identifier: BSL-1.0
// The accuracy counts; it has no slope, and nothing would ever be learned.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto hits = [](auto truth, auto prediction) {
    return ct::cast<float>(ct::equal(ct::argmax(truth, ct::axis<-1>), ct::argmax(prediction, ct::axis<-1>)));
};
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<5>(ct::softmax));
#ifdef FIXED
constexpr auto loss = ct::categorical_crossentropy;
#else
constexpr auto loss = hits;
#endif

int main() {
    std::vector<float> X(100 * 20, 0.5F), Y(100 * 5, 0.2F);
    auto net = ct::compile(model, ct::adam(0.01_c), loss, ct::metrics(hits)); // wrong
    net.fit(X, Y, {.epochs = 2, .verbose = 0});
}
