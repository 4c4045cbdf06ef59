// SPDX-License-Identifier: BSL-1.0

#include "examples.hpp"

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/hana/unpack.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>

// What must hold of every metric: batches add up, in any order; a weight of 2 is an example twice, one of 0 none.

namespace ct = ctgrad;
using namespace ct::literals;
using namespace metamorphic;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N, 3>;
constexpr auto p = ct::placeholder<"p", double, N, 3>;
constexpr auto w = ct::placeholder<"w", double, N>;

/// Adds a batch, with the weights of its examples or without.
template <class State, class Totals>
void add(State& state, Totals totals, const batch& b) {
    boost::hana::unpack(totals, [&](auto... each) { state.add(ct::evaluate(each, t = b.truth, p = b.prediction, w = b.weight)...); });
}

template <class Metric>
double result(Metric, bool weighed, const std::vector<batch>& batches) {
    ct::metric_state<Metric> state;
    for (const batch& b : batches) {
        if (weighed)
            add(state, Metric{}.totals(t, p, w), b);
        else
            add(state, Metric{}.totals(t, p), b);
    }
    return static_cast<double>(state.result());
}

void check_close(std::string_view what, const char* law, double found, double expected) {
    BOOST_TEST(std::fabs(found - expected) <= 1e-12 * (1 + std::fabs(expected)),
               what << ": " << law << ": " << found << " instead of " << expected);
}

/// Truth that is 0 or 1, one 1 a row.
batch with_classes(batch b) {
    for (std::size_t row = 0; row < b.size(); ++row) {
        double* const at = b.truth.data() + row * columns;
        double* const largest = std::max_element(at, at + columns);
        for (std::size_t c = 0; c < columns; ++c) at[c] = at + c == largest ? 1 : 0;
    }
    return b;
}

template <class Metric>
void check(Metric metric, const batch& whole) {
    const std::string_view name = Metric::name;
    const double all = result(metric, false, {whole});
    BOOST_TEST(std::isfinite(all));
    check_close(name, "other order", result(metric, false, {chosen(whole, {3, 0, 5, 1, 4, 2})}), all);
    check_close(name, "two batches", result(metric, false, {chosen(whole, {0, 1}), chosen(whole, {2, 3, 4, 5})}), all);
    check_close(name, "two weighed batches", result(metric, true, {chosen(whole, {0, 1}), chosen(whole, {2, 3, 4, 5})}),
                result(metric, true, {whole}));
    batch ones = whole, twice = whole, without = whole;
    ones.weight = {1, 1, 1, 1, 1, 1};
    twice.weight = {1, 1, 2, 1, 1, 1};
    without.weight = {1, 0, 1, 1, 0, 1};
    check_close(name, "weights of 1", result(metric, true, {ones}), all);
    check_close(name, "a weight of 2", result(metric, true, {twice}), result(metric, false, {chosen(whole, {0, 1, 2, 2, 3, 4, 5})}));
    check_close(name, "weights of 0", result(metric, true, {without}), result(metric, false, {chosen(whole, {0, 2, 3, 5})}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(metamorphic_metrics)

BOOST_AUTO_TEST_CASE(of_numbers) {
    const batch b = made_up(6);
    check(ct::root_mean_squared_error(), b);
    check(ct::as_metric(ct::mean_squared_error), b);
    check(ct::as_metric(ct::mean_absolute_error), b);
    check(ct::as_metric(ct::log_cosh), b);
}

BOOST_AUTO_TEST_CASE(of_classes) {
    const batch b = with_classes(made_up(6));
    check(ct::categorical_accuracy(), b);
    check(ct::top_k_categorical_accuracy(ct::top_k = 2_c), b);
    check(ct::precision(), b);
    check(ct::recall(), b);
    check(ct::true_positives(), b);
    check(ct::false_negatives(), b);
    check(ct::auc(ct::num_thresholds = 20_c), b);
    check(ct::as_metric(ct::categorical_crossentropy), b);
}

BOOST_AUTO_TEST_SUITE_END()
