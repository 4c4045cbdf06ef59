// expect: callback_must_have_a_hook
// shows: callback 2
// SPDX-License-Identifier: BSL-1.0
// Keras' hook takes no net: this one would never be called.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 4, 2>;
constexpr auto model = [](auto in) { return ct::matmul(in, W); };
constexpr auto error = [](auto truth, auto prediction) { return ct::reduce_mean(ct::square(truth - prediction), ct::axis<1>); };
std::vector<float> X(8), Y(4);
struct own_callback {
#ifdef FIXED
    void on_epoch_end(auto&, int, ct::epoch_logs&) {}
#else
    void on_epoch_end(int, ct::epoch_logs&) {}
#endif
};
auto net = ct::compile(model, ct::adam(0.001_c), error, ct::fed_by(x, y));
auto history = net.fit(X, Y, {.epochs = 3}, ct::callbacks(ct::terminate_on_nan{}, own_callback{})); // wrong
