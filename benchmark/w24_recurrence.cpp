// SPDX-License-Identifier: BSL-1.0

// W24: 614 steps of a growth that is limited, h' = h + 0.1 (w h (1 - h) + x_t), 60 numbers beside each other, in double: the sum of the
// squares of the last ones and its gradients to w and to the first h.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

constexpr int width = 60;
namespace growth {

constexpr auto T = ct::dim<"T">;
constexpr auto x = ct::placeholder<"x", double, T, width>;
constexpr auto w = ct::variable<"w", double, width>;
constexpr auto h = ct::variable<"h", double, width>;
constexpr auto last = ct::fold([](auto now, auto xt) { return now + 0.1_c * (w * now * (1_c - now) + xt); }, h, x);
constexpr auto loss = ct::reduce_sum(ct::square(last));
constexpr auto slopes = ct::gradient(loss, w, h);

} // namespace growth

/// Data and where the gradients go.
struct states {
    std::size_t steps;
    doubles x, w, h, to_w, to_h;

    explicit states(const bench::problem& given)
        : steps(given.rows), x(widened(given.data[0])), w(widened(given.parameters[0])), h(widened(given.parameters[1])), to_w(width),
          to_h(width) {}
    std::vector<bench::numbers> results() const { return {narrowed(to_w), narrowed(to_h)}; }
};

class scan_peer : states {
public:
    using states::results, states::states;
    float step() {
        constexpr ct::function f{growth::loss, growth::slopes[growth::w], growth::slopes[growth::h]};
        const auto found =
            f(scratch_, growth::x = x, growth::w = w, growth::h = h, growth::slopes[growth::w] = to_w, growth::slopes[growth::h] = to_h);
        return static_cast<float>(std::get<0>(found));
    }

private:
    ct::workspace scratch_;
};

/// All numbers side by side in eight vectors, the last of which overlaps the one before, so that eight chains run at a time; states are
/// kept.
class loops_peer : states {
    static constexpr std::size_t vectors = 8, first_of_last = width - bench::wide::double_lanes;
    static constexpr std::size_t begin(std::size_t k) { return k + 1 < vectors ? k * bench::wide::double_lanes : first_of_last; }

public:
    explicit loops_peer(const bench::problem& given) : states(given), kept_(64 * steps) {}
    using states::results;
    float step() {
        using namespace bench::wide;
        d8 now[vectors], weight[vectors];
        for (std::size_t k = 0; k < vectors; ++k) now[k] = load_double(h.data() + begin(k)), weight[k] = load_double(w.data() + begin(k));
        for (std::size_t t = 0; t < steps; ++t)
            for (std::size_t k = 0; k < vectors; ++k) {
                store_double(kept_.data() + 64 * t + 8 * k, now[k]);
                now[k] += 0.1 * (weight[k] * now[k] * (1.0 - now[k]) + load_double(x.data() + t * width + begin(k)));
            }
        d8 slope[vectors], total[vectors];
        double squares = 0;
        for (std::size_t k = 0; k < vectors; ++k) {
            slope[k] = 2.0 * now[k];
            total[k] = all_double(0);
            for (std::size_t i = k + 1 < vectors ? 0 : 4; i < double_lanes; ++i) squares += now[k][i] * now[k][i];
        }
        for (std::size_t t = steps; t-- > 0;)
            for (std::size_t k = 0; k < vectors; ++k) {
                const d8 before = load_double(kept_.data() + 64 * t + 8 * k), part = 0.1 * slope[k];
                total[k] += part * before * (1.0 - before);
                slope[k] += part * weight[k] * (1.0 - 2.0 * before);
            }
        for (std::size_t k = 0; k < vectors; ++k) {
            store_double(to_w.data() + begin(k), total[k]);
            store_double(to_h.data() + begin(k), slope[k]);
        }
        return static_cast<float>(squares);
    }

private:
    doubles kept_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    constexpr std::size_t steps = 614;
    peers
        .workload("w24/614", {steps,
                              {bench::uniform(steps * width, -0.1f, 0.1f, 1)},
                              {bench::uniform(width, 0.5f, 1, 2), bench::uniform(width, 0.2f, 0.8f, 3)}})
        .peer<loops_peer>("loops")
        .peer<scan_peer>("ctgrad");
    return peers.run();
}
