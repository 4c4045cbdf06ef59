// SPDX-License-Identifier: BSL-1.0

// Steps that are repeated: the program of docs/how_to/loops.md.

#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

// A mean that forgets, and how much it should forget.
constexpr auto T = ct::dim<"T">;
constexpr auto price = ct::placeholder<"price", double, T>;
constexpr auto rate = ct::variable<"rate", double>;

constexpr auto forecast = ct::scan(
    [](auto mean, auto next) {
        auto error = next - mean;
        return std::make_tuple(mean + ct::sigmoid(rate) * error, error); // the carry, then the output
    },
    0_c, price);
constexpr auto errors = std::get<1>(forecast);
constexpr auto loss = ct::reduce_mean(ct::square(errors));

// A pendulum by the method of Runge and Kutta: two carries.
constexpr auto length = ct::variable<"length", double>;
constexpr auto angle = ct::placeholder<"angle", double>;

constexpr auto swing = [](auto state) {
    auto [theta, omega] = state;
    auto turned = [](auto at) { return -9.81_c / length * ct::sin(at); };
    auto h = 0.01_c;
    auto k1 = omega;
    auto l1 = turned(theta);
    auto k2 = omega + 0.5_c * h * l1;
    auto l2 = turned(theta + 0.5_c * h * k1);
    auto k3 = omega + 0.5_c * h * l2;
    auto l3 = turned(theta + 0.5_c * h * k2);
    auto k4 = omega + h * l3;
    auto l4 = turned(theta + h * k3);
    return std::make_tuple(theta + h / 6_c * (k1 + 2_c * k2 + 2_c * k3 + k4), omega + h / 6_c * (l1 + 2_c * l2 + 2_c * l3 + l4));
};
constexpr auto after_2s = ct::fold(swing, std::make_tuple(angle, 0_c), ct::times<200>);
constexpr auto in_little_memory = ct::fold(swing, std::make_tuple(angle, 0_c), ct::times<200>, ct::keep_bytes = 512_c);

// A loop that ends: Newton's method for Kepler's equation.
constexpr auto mean_anomaly = ct::placeholder<"mean_anomaly", double>;
constexpr auto eccentricity = ct::variable<"eccentricity", double>;
constexpr auto anomaly =
    ct::while_loop([](auto e) { return ct::abs(e - eccentricity * ct::sin(e) - mean_anomaly) > 1e-12_c; },
                   [](auto e) { return e - (e - eccentricity * ct::sin(e) - mean_anomaly) / (1_c - eccentricity * ct::cos(e)); },
                   mean_anomaly, ct::times<20>);

} // namespace

int main() {
    std::vector<double> prices;
    std::uint32_t noise = 1;
    for (int i = 0; i < 200; ++i) {
        noise = noise * 1664525u + 1013904223u;
        prices.push_back(std::sin(0.05 * i) + static_cast<double>(noise >> 8) / (1 << 24) - 0.5);
    }
    ct::trainer train{ct::minimize(loss, ct::adam(0.1_c))};
    for (int i = 0; i < 200; ++i) train(price = prices);
    std::printf("weight of the last price %.3f, error %.4f\n", 1 / (1 + std::exp(-train.parameters()[rate][0])), train(price = prices));

    constexpr auto slope = ct::gradient(std::get<0>(after_2s), length)[length];
    constexpr auto again = ct::gradient(std::get<0>(in_little_memory), length)[length];
    const ct::function pendulum{std::get<0>(after_2s), slope};
    const ct::function frugal{again};
    const auto [at, by_length] = pendulum(angle = 0.5, length = 1.2);
    std::printf("pendulum at %.6f, by length %.6f\n", at, by_length);
    std::printf("in little memory %.6f: %lld bytes instead of %lld\n", frugal(angle = 0.5, length = 1.2),
                static_cast<long long>(ct::figures(frugal).workspace_bytes), static_cast<long long>(ct::figures(pendulum).workspace_bytes));

    const ct::function orbit{anomaly, ct::gradient(anomaly, eccentricity)[eccentricity]};
    const auto [e, by_eccentricity] = orbit(mean_anomaly = 1.0, eccentricity = 0.3);
    std::printf("anomaly %.9f, by eccentricity %.9f, by hand %.9f\n", e, by_eccentricity, std::sin(e) / (1 - 0.3 * std::cos(e)));
}
