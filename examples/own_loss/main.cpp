// SPDX-License-Identifier: BSL-1.0
// Losses of one's own: a function, a class with weights, and what each example says to the variables.
#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cmath>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>;
constexpr auto y = ct::placeholder<"y", float, N, 1>;
constexpr auto weights = ct::placeholder<"weights", float, N>;
constexpr auto importance = ct::scalar<"importance", float>;
constexpr auto w = ct::variable<"w", float, 2, 1>;
constexpr auto prediction = ct::matmul(x, w);

constexpr auto huber_loss = [](auto y_true, auto y_pred) {
    const auto error = y_true - y_pred;
    const auto squared_loss = ct::square(error) / 2_c;
    const auto linear_loss = ct::abs(error) - 0.5_c;
    return ct::where(ct::abs(error) < 1_c, squared_loss, linear_loss);
};

template <class Weights>
struct context_aware {
    Weights context_weights;

    constexpr auto operator()(auto y_true, auto y_pred) const {
        return ct::reduce_mean(ct::square(y_true - y_pred), ct::axis<1>) * context_weights;
    }
};
template <class Weights>
context_aware(Weights) -> context_aware<Weights>;

constexpr std::array<float, 8> features{1, 2, 3, 4, -1, 0, 2, 1};
constexpr std::array<float, 4> truth{1, 2, 3, 4};
constexpr std::array<float, 2> start{0.5f, -0.5f};

int main() {
    constexpr auto own = ct::as_loss(huber_loss);
    const ct::function total{own(y, prediction)};
    std::printf("huber_loss             %.4f\n", static_cast<double>(total(x = features, y = truth, w = start)));

    constexpr std::array<float, 4> context{1, 0.5f, 2, 1};
    constexpr auto fed = ct::as_loss(context_aware{weights}, ct::sum)(y, prediction);
    std::printf("weights that are fed   %.4f\n",
                static_cast<double>(ct::function{fed}(x = features, y = truth, w = start, weights = context)));
    constexpr auto chosen = ct::as_loss(context_aware{importance}, ct::sum)(y, prediction);
    std::printf("a weight that is fed   %.4f\n",
                static_cast<double>(ct::function{chosen}(x = features, y = truth, w = start, importance = 3.0f)));
    constexpr auto constant = ct::as_loss(context_aware{2_c}, ct::sum)(y, prediction);
    std::printf("a weight of the type   %.4f\n", static_cast<double>(ct::function{constant}(x = features, y = truth, w = start)));

    constexpr auto losses = ct::mean_squared_error(y, prediction);
    constexpr auto slope = ct::per_example_gradient(losses, w)[w];
    constexpr auto norms = ct::sqrt(ct::reduce_sum(ct::square(slope), ct::axis<1, 2>));
    const auto [each, steepness] = ct::function{losses, norms}(x = features, y = truth, w = start);
    for (std::int64_t i = 0; i < 4; ++i)
        std::printf("example %d              loss %7.4f  norm of its gradient %7.4f\n", static_cast<int>(i),
                    static_cast<double>(each.data()[i]), static_cast<double>(steepness.data()[i]));

    ct::trainer train{ct::minimize(ct::as_loss(context_aware{weights})(y, prediction), ct::sgd(0.02_c)), w = start};
    float loss = 0;
    for (int step = 0; step < 200; ++step) loss = train(x = features, y = truth, weights = context);
    std::printf("after 200 steps        %.4f\n", static_cast<double>(loss));
}
