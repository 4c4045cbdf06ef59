// SPDX-License-Identifier: BSL-1.0
// A loss for each example next to the loss that is minimised, both from one pass over the data.
#include "../made_up.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;

namespace regression {

constexpr auto features = ct::placeholder<"features", float, N, 10>;
constexpr auto labels = ct::placeholder<"labels", float, N, 3>;
constexpr auto weights = ct::variable<"weights", float, 10, 3>;
constexpr auto biases = ct::variable<"biases", float, 3>;
constexpr auto predictions = ct::matmul(features, weights) + biases;

constexpr auto losses = ct::mean_squared_error(labels, predictions); // one an example: minimize would not take it
constexpr auto total_loss = ct::reduce_mean(losses);
static_assert(losses.shape() == ct::shape(N) && total_loss.rank == 0);

} // namespace regression

namespace classification {

constexpr auto features = ct::placeholder<"features", float, N, 15>;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
constexpr auto weights = ct::variable<"weights", float, 15, 5>;
constexpr auto biases = ct::variable<"biases", float, 5>;
constexpr auto logits = ct::matmul(features, weights) + biases;

constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = labels, ct::logits = logits);
constexpr auto total_loss = ct::reduce_mean(losses);

} // namespace classification

void show(const auto& losses, float total) {
    std::printf("Loss Tensor Shape: (%d,)\nTotal Loss: %.6f\n", static_cast<int>(losses.extent(0)), static_cast<double>(total));
}

int main() {
    using made_up::uniform;
    const std::vector<float> no_bias(5);
    {
        namespace m = regression;
        const auto x = uniform(32 * 10, -1, 1, 1), y = uniform(32 * 3, -1, 1, 2), w = uniform(10 * 3, -1, 1, 3);
        const ct::function monitor{m::losses, m::total_loss};
        const auto [each, total] = monitor(m::features = x, m::labels = y, m::weights = w, m::biases = std::span(no_bias).first(3));
        show(each, total);
    }
    {
        namespace m = classification;
        const auto x = uniform(64 * 15, -1, 1, 1), w = uniform(15 * 5, -1, 1, 3);
        std::vector<std::int32_t> y(64);
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<std::int32_t>(i * i % 5);
        const ct::function monitor{m::losses, m::total_loss};
        const auto [each, total] = monitor(m::features = x, m::labels = y, m::weights = w, m::biases = no_bias);
        show(each, total);
    }
    { // while it is trained: the step's own values
        namespace m = regression;
        const auto x = uniform(10 * 10, -1, 1, 1), y = uniform(10 * 3, -1, 1, 2);
        ct::trainer train{
            ct::apply_gradients(ct::sgd(0.1_c), ct::gradient(m::total_loss, m::weights, m::biases), m::total_loss, m::losses)};
        for (int step = 0; step < 10; ++step) train(m::features = x, m::labels = y);
        const auto [total, each] = train(m::features = x, m::labels = y);
        for (std::size_t i = 0; i < each.size(); ++i) std::printf("Loss for example %zu: %.6f\n", i, static_cast<double>(each[i]));
        std::printf("Total Loss: %.6f\n", static_cast<double>(total));
    }
}
