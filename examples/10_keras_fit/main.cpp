// SPDX-License-Identifier: BSL-1.0
// compile and fit, with a loss of Keras, a loss of one's own, and one that keeps weights.
#include "../made_up.hpp"

#include <ctgrad/model.hpp>

#include <cstdio>
#include <cstdlib>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto model = ct::sequential(ct::input<20>, ct::dense<10>(ct::relu), ct::dense<5>(ct::softmax));

/// A callable of truth and prediction is a loss.
constexpr auto huber_loss = [](auto y_true, auto y_pred) {
    constexpr auto delta = 1.0_c;
    const auto error = y_true - y_pred;
    const auto is_small_error = ct::abs(error) < delta;
    const auto squared_loss = ct::square(error) / 2_c;
    const auto linear_loss = delta * (ct::abs(error) - delta / 2_c);
    return ct::where(is_small_error, squared_loss, linear_loss);
};

/// So is an object; its weights, one for each example, come with the data.
template <class Weights>
struct context_aware_loss {
    Weights context_weights;
    constexpr auto operator()(auto y_true, auto y_pred) const {
        return ct::reduce_mean(ct::square(y_true - y_pred) * ct::expand_dims(context_weights, ct::axis<-1>));
    }
};
template <class Weights>
context_aware_loss(Weights) -> context_aware_loss<Weights>;
constexpr auto context_weights = ct::placeholder<"context_weights", float, ct::dim<"N">>;

bool report(const char* loss, const ct::fit_history& history) {
    const auto& accuracy = history[ct::accuracy];
    std::printf("%-20s loss %.3f to %.3f, accuracy %.2f to %.2f\n", loss, history["loss"].front(), history["loss"].back(), accuracy.front(),
                accuracy.back());
    return accuracy.back() > 0.9;
}

int main() {
    const auto X = made_up::uniform(200 * 20, 0, 1, 1), weights = made_up::uniform(200, 0.5F, 2, 3);
    auto Y = std::vector<float>(200 * 5);
    for (std::size_t i = 0; i < 200; ++i) Y[5 * i + static_cast<std::size_t>(X[20 * i] * 5)] = 1; // the class lies in the first number
    const ct::fit_options how{.epochs = 100, .batch_size = 20, .verbose = 0};

    auto by_mse = ct::compile(model, ct::adam(0.01_c), ct::mean_squared_error, ct::metrics(ct::accuracy));
    bool learned = report("mean_squared_error", by_mse.fit(X, Y, how));

    auto by_huber = ct::compile(model, ct::adam(0.01_c), huber_loss, ct::metrics(ct::accuracy));
    learned = report("huber_loss", by_huber.fit(X, Y, how)) && learned;

    auto by_context = ct::compile(model, ct::adam(0.01_c), context_aware_loss{context_weights}, ct::metrics(ct::accuracy));
    learned = report("context_aware_loss", by_context.fit(X, Y, how, context_weights = weights)) && learned;
    return learned ? EXIT_SUCCESS : EXIT_FAILURE;
}
