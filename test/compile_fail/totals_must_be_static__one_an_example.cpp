// expect: totals_must_be_static
// shows: "hit_rate"
// shows: "[N]"
// SPDX-License-Identifier: BSL-1.0
// A metric formula as in docs/how_to/write_a_metric.md whose totals are still one for each example.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

struct hit_rate_formula {
    static constexpr std::string_view name = "hit_rate";
    static constexpr auto defaults = ct::options(ct::threshold = 0.5_c);
    static constexpr ct::truth_kind truth = ct::truth_kind::like_prediction;

    static constexpr auto weighed(auto, auto, auto q) { return q; }
    static constexpr auto totals(auto how, auto t, auto q, auto w) {
        const auto hits = ct::cast<float>(ct::greater(q, how[ct::threshold])) * t;
#ifdef FIXED
        return boost::hana::make_tuple(ct::reduce_sum(ct::weigh(hits, w)), ct::reduce_sum(ct::weigh(t, w)));
#else
        return boost::hana::make_tuple(ct::reduce_sum(ct::weigh(hits, w), ct::axis<1>), ct::reduce_sum(ct::weigh(t, w), ct::axis<1>));
#endif
    }
    static double result(auto, std::span<const double> sums) { return sums[0] / sums[1]; }
};
constexpr ct::metric_function<hit_rate_formula> hit_rate{};
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<16>(ct::relu), ct::dense<5>(ct::softmax));

int main() {
    std::vector<float> X(100 * 20, 0.5F), Y(100 * 5, 0.2F);
    auto net = ct::compile(model, ct::adam(0.01_c), ct::categorical_crossentropy, ct::metrics(hit_rate)); // wrong
    net.fit(X, Y, {.epochs = 2, .verbose = 0});
}
