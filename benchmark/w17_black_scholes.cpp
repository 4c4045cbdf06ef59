// SPDX-License-Identifier: BSL-1.0

// W17: prices of European calls by Black and Scholes, and for each of them delta, gamma, vega, theta and rho, in double.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

constexpr auto N = ct::dim<"N">;
/// The price of a call, and its greeks.
namespace call {

constexpr auto spot = ct::placeholder<"spot", double, N>;
constexpr auto strike = ct::placeholder<"strike", double, N>;
constexpr auto volatility = ct::placeholder<"volatility", double, N>;
constexpr auto years = ct::placeholder<"years", double, N>;
constexpr auto rate = ct::placeholder<"rate", double, N>;

constexpr auto spread = volatility * ct::sqrt(years);
constexpr auto d1 = (ct::log(spot / strike) + (rate + 0.5_c * ct::square(volatility)) * years) / spread;
constexpr auto price = spot * ct::ndtr(d1) - strike * ct::exp(-rate * years) * ct::ndtr(d1 - spread);

// An option's price depends on its own numbers alone, so the slopes of the sum are those of each.
constexpr auto total = ct::reduce_sum(price);
constexpr auto slopes = ct::gradient(total, spot, volatility, years, rate);
constexpr auto delta = slopes[spot];
constexpr auto gamma = ct::gradient(ct::reduce_sum(delta), spot)[spot];
constexpr auto vega = slopes[volatility];
constexpr auto theta = -slopes[years];
constexpr auto rho = slopes[rate];

} // namespace call

/// What each peer is given and gives back.
struct options {
    std::size_t count;
    doubles spot, strike, volatility, years, rate;
    doubles price, delta, gamma, vega, theta, rho;

    explicit options(const bench::problem& given)
        : count(given.rows), spot(widened(given.data[0])), strike(widened(given.data[1])), volatility(widened(given.data[2])),
          years(widened(given.data[3])), rate(widened(given.data[4])), price(count), delta(count), gamma(count), vega(count), theta(count),
          rho(count) {}
    std::vector<bench::numbers> results() const {
        return {narrowed(price), narrowed(delta), narrowed(gamma), narrowed(vega), narrowed(theta), narrowed(rho)};
    }
};

class ctgrad_peer : options {
public:
    using options::options, options::results;
    float step() {
        constexpr ct::function f{call::total, call::price, call::delta, call::gamma, call::vega, call::theta, call::rho};
        const auto found =
            f(call::spot = spot, call::strike = strike, call::volatility = volatility, call::years = years, call::rate = rate,
              call::price = price, call::delta = delta, call::gamma = gamma, call::vega = vega, call::theta = theta, call::rho = rho);
        return static_cast<float>(std::get<0>(found));
    }
};

/// The closed forms, with what they share: the density at d1 is also the exponential of both distribution functions.
class loops_peer : options {
public:
    explicit loops_peer(const bench::problem& given) : options(given) {
        const std::size_t room = (count + 7) / 8 * 8; // whole vectors: behind the last option stand others that do not count
        for (doubles* in : {&spot, &strike, &volatility, &years, &rate}) in->resize(room, 1);
        for (doubles* out : {&price, &delta, &gamma, &vega, &theta, &rho}) out->resize(room);
    }
    float step() {
        using namespace bench::wide;
        d8 all{};
        for (std::size_t i = 0; i < count; i += double_lanes) {
            const d8 value = eight(i);
            if (i + double_lanes <= count)
                all += value;
            else
                for (std::size_t k = 0; i + k < count; ++k) all[static_cast<int>(k)] += value[static_cast<int>(k)];
        }
        return static_cast<float>(sum(all));
    }
    std::vector<bench::numbers> results() const {
        std::vector<bench::numbers> found = options::results();
        for (bench::numbers& each : found) each.resize(count);
        return found;
    }

private:
    using d8 = bench::wide::d8;

    /// The normal distribution function of -x for x >= 0, where `power` is e^(-x^2 / 2): Hart, Computer Approximations (1968), 5666,
    /// and a continued fraction far out, as in West, Better approximations to cumulative normal functions (2005).
    [[gnu::always_inline]] static d8 tail(d8 x, d8 power) {
        using namespace bench::wide;
        d8 above = x * 3.52624965998911e-2 + 0.700383064443688;
        above = above * x + 6.37396220353165;
        above = above * x + 33.912866078383;
        above = above * x + 112.079291497871;
        above = above * x + 221.213596169931;
        above = above * x + 220.206867912376;
        d8 below = x * 8.83883476483184e-2 + 1.75566716318264;
        below = below * x + 16.064177579207;
        below = below * x + 86.7807322029461;
        below = below * x + 296.564248779674;
        below = below * x + 637.333633378831;
        below = below * x + 793.826512519948;
        below = below * x + 440.413735824752;
        d8 ratio = above / below;
        const auto far = x > all_double(7.07106781186547);
        if (any(far)) [[unlikely]] {
            d8 fraction = x + 0.65;
            for (const double k : {4.0, 3.0, 2.0, 1.0}) fraction = x + k / fraction;
            ratio = far ? 0.398942280401432678 / fraction : ratio;
        }
        return power * ratio;
    }

    [[gnu::always_inline]] d8 eight(std::size_t i) {
        using namespace bench::wide;
        const d8 s = load_double(spot.data() + i), k = load_double(strike.data() + i), v = load_double(volatility.data() + i),
                 t = load_double(years.data() + i), r = load_double(rate.data() + i);
        const d8 root = bench::wide::sqrt(t), width = v * root, discounted = k * exp(-r * t), inverse = 1 / width;
        const d8 a = (log(s / k) + (r + 0.5 * v * v) * t) * inverse, b = a - width;
        const d8 power = exp(-0.5 * a * a);
        const d8 tail_a = tail(abs(a), power), tail_b = tail(abs(b), power * (s / discounted)); // k e^(-r t) phi(b) = s phi(a)
        const d8 below_a = a > d8{} ? 1 - tail_a : tail_a, below_b = b > d8{} ? 1 - tail_b : tail_b;
        const d8 density = power * 0.398942280401432678, lent = discounted * below_b, slope = s * density;
        const d8 value = s * below_a - lent;
        store_double(price.data() + i, value);
        store_double(delta.data() + i, below_a);
        store_double(gamma.data() + i, density * inverse / s);
        store_double(vega.data() + i, slope * root);
        store_double(theta.data() + i, -0.5 * slope * v / root - r * lent);
        store_double(rho.data() + i, t * lent);
        return value;
    }
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    for (const std::size_t n : {1000u, 1'000'000u})
        peers
            .workload("w17/" + std::to_string(n),
                      {n,
                       {bench::uniform(n, 80, 120, 1), bench::uniform(n, 80, 120, 2), bench::uniform(n, 0.1f, 0.5f, 3),
                        bench::uniform(n, 0.25f, 2, 4), bench::uniform(n, 0, 0.06f, 5)},
                       {}})
            .peer<loops_peer>("loops")
            .peer<ctgrad_peer>("ctgrad");
    return peers.run();
}
