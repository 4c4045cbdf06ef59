// expect: loss_must_give_an_expression
// shows: "compile"
// shows: "nothing"
// SPDX-License-Identifier: BSL-1.0
// A loss of one's own without return.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto log_loss = [](auto y_true, auto y_pred) {
    const auto p = ct::clip_by_value(y_pred, 1e-7_c, 0.9999999_c);
#ifdef FIXED
    return -ct::reduce_mean(y_true * ct::log(p) + (1_c - y_true) * ct::log(1_c - p), ct::axis<-1>);
#else
    -ct::reduce_mean(y_true * ct::log(p) + (1_c - y_true) * ct::log(1_c - p), ct::axis<-1>);
#endif
};
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<16>(ct::relu), ct::dense<1>(ct::sigmoid));

int main() {
    std::vector<float> X(100 * 20, 0.5F), Y(100, 1.0F);
    auto net = ct::compile(model, ct::adam(0.01_c), log_loss); // wrong
    net.fit(X, Y, {.epochs = 2, .verbose = 0});
}
