// SPDX-License-Identifier: BSL-1.0

// The price of European calls by Black and Scholes, and how it answers to all that it is made of: first derivatives of all options at once,
// second and mixed ones, and a check by the equation that the price solves.
#include <ctgrad/ctgrad.hpp>

#include <cstddef>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto spot = ct::placeholder<"spot", double, N>;
constexpr auto volatility = ct::placeholder<"volatility", double, N>;
constexpr auto rate = ct::placeholder<"rate", double, N>;
constexpr auto years = ct::placeholder<"years", double, N>;
constexpr auto strike = ct::placeholder<"strike", double, N>;

constexpr auto spread = volatility * ct::sqrt(years);
constexpr auto d1 = (ct::log(spot / strike) + (rate + 0.5_c * ct::square(volatility)) * years) / spread;
constexpr auto price = spot * ct::ndtr(d1) - strike * ct::exp(-rate * years) * ct::ndtr(d1 - spread);

/// Each option has a spot of its own, so the gradient of the sum of all prices has the derivative of each.
constexpr auto by_each = [](auto y, auto x) { return ct::gradient(ct::reduce_sum(y), x)[x]; };
constexpr auto delta = by_each(price, spot);
constexpr auto vega = by_each(price, volatility);
constexpr auto theta = -by_each(price, years);
constexpr auto rho = by_each(price, rate);
constexpr auto gamma_ = by_each(delta, spot);
constexpr auto vanna = by_each(delta, volatility);
constexpr auto volga = by_each(vega, volatility);

int main() {
    const std::vector<double> spots{90, 100, 110}, volatilities(3, 0.2), rates(3, 0.03), times{0.5, 1, 1}, strikes(3, 100);
    const ct::function f{price, delta, gamma_, vega, theta, rho, vanna, volga};
    const auto [value, d, g, v, t, r, va, vo] = f(spot = spots, volatility = volatilities, rate = rates, years = times, strike = strikes);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        std::printf("spot %.0f: price %.4f, delta %.4f, gamma %.5f, vega %.4f, theta %.4f, rho %.4f, vanna %.4f, volga %.3f\n", spots[i],
                    value[i], d[i], g[i], v[i], t[i], r[i], va[i], vo[i]);
        const double left = t[i] + 0.5 * 0.04 * spots[i] * spots[i] * g[i] + 0.03 * (spots[i] * d[i] - value[i]);
        std::printf("    the equation of Black and Scholes holds: %s\n", left < 1e-12 && left > -1e-12 ? "yes" : "no");
    }
}
