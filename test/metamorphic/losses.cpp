// SPDX-License-Identifier: BSL-1.0

#include "examples.hpp"

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>

// What must hold of every loss whatever its formula is: of the order of examples, of parts of a batch, of weights.

namespace ct = ctgrad;
using namespace ct::literals;
using namespace metamorphic;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N, 3>;
constexpr auto p = ct::placeholder<"p", double, N, 3>;
constexpr auto w = ct::placeholder<"w", double, N>;

template <class Expression>
double value(Expression e, const batch& b) {
    return ct::evaluate(e, t = b.truth, p = b.prediction, w = b.weight)[0];
}

void check_close(const std::string_view what, const char* law, double found, double expected) {
    BOOST_TEST(std::fabs(found - expected) <= 1e-12 * (1 + std::fabs(expected)),
               what << ": " << law << ": " << found << " instead of " << expected);
}

const batch whole = made_up(6);

template <class Loss>
void check(Loss loss, const char* name) {
    constexpr auto mean = Loss{}()(t, p);
    const double all = value(mean, whole);
    BOOST_TEST(std::isfinite(all));
    check_close(name, "other order", value(mean, chosen(whole, {3, 0, 5, 1, 4, 2})), all);
    check_close(name, "every example twice", value(mean, chosen(whole, {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5})), all);
    const batch first = chosen(whole, {0, 1}), rest = chosen(whole, {2, 3, 4, 5});
    check_close(name, "two parts", (2 * value(mean, first) + 4 * value(mean, rest)) / 6, all);

    constexpr auto sum = Loss{}(ct::reduction = ct::sum)(t, p, ct::sample_weight = w);
    constexpr auto plain_sum = Loss{}(ct::reduction = ct::sum)(t, p);
    check_close(name, "the sum is that of parts", value(sum, first) + value(sum, rest), value(sum, whole));
    batch twice = whole, without = whole, ones = whole;
    ones.weight = {1, 1, 1, 1, 1, 1};
    twice.weight = {1, 1, 2, 1, 1, 1};
    without.weight = {1, 0, 1, 1, 0, 1};
    check_close(name, "weights of 1", value(sum, ones), value(plain_sum, whole));
    check_close(name, "a weight of 2", value(sum, twice), value(plain_sum, chosen(whole, {0, 1, 2, 2, 3, 4, 5})));
    check_close(name, "weights of 0", value(sum, without), value(plain_sum, chosen(whole, {0, 2, 3, 5})));

    constexpr auto weighed = Loss{}(ct::reduction = ct::mean_with_sample_weight)(t, p, ct::sample_weight = w);
    check_close(name, "weighed mean, a weight of 2", value(weighed, twice), value(mean, chosen(whole, {0, 1, 2, 2, 3, 4, 5})));
    check_close(name, "weighed mean, weights of 0", value(weighed, without), value(mean, chosen(whole, {0, 2, 3, 5})));
    static_cast<void>(loss);
}

template <class Loss>
void check_scale(Loss, const char* name, int power) {
    constexpr auto mean = Loss{}()(t, p);
    for (const double a : {0.25, 3.0}) check_close(name, "scaled", value(mean, scaled(whole, a)), std::pow(a, power) * value(mean, whole));
}

} // namespace

BOOST_AUTO_TEST_SUITE(metamorphic_losses)

BOOST_AUTO_TEST_CASE(of_numbers) {
    check(ct::mean_squared_error, "mean_squared_error");
    check(ct::mean_absolute_error, "mean_absolute_error");
    check(ct::mean_absolute_percentage_error, "mean_absolute_percentage_error");
    check(ct::mean_squared_logarithmic_error, "mean_squared_logarithmic_error");
    check(ct::huber, "huber");
    check(ct::log_cosh, "log_cosh");
    check(ct::poisson, "poisson");
    check(ct::cosine_similarity, "cosine_similarity");
}

BOOST_AUTO_TEST_CASE(of_classes) {
    check(ct::hinge, "hinge");
    check(ct::squared_hinge, "squared_hinge");
    check(ct::categorical_hinge, "categorical_hinge");
    check(ct::kl_divergence, "kl_divergence");
    check(ct::binary_crossentropy, "binary_crossentropy");
    check(ct::binary_focal_crossentropy, "binary_focal_crossentropy");
    check(ct::categorical_crossentropy, "categorical_crossentropy");
    check(ct::categorical_focal_crossentropy, "categorical_focal_crossentropy");
}

BOOST_AUTO_TEST_CASE(scaled_truth_and_prediction) {
    check_scale(ct::mean_squared_error, "mean_squared_error", 2);
    check_scale(ct::mean_absolute_error, "mean_absolute_error", 1);
    check_scale(ct::mean_absolute_percentage_error, "mean_absolute_percentage_error", 0);
    check_scale(ct::cosine_similarity, "cosine_similarity", 0);
    constexpr auto d = ct::scalar<"d", double>;
    constexpr auto bent = ct::reduce_mean(ct::huber(t, p, d));
    const auto huber = [&](const batch& b, double delta) { return ct::evaluate(bent, t = b.truth, p = b.prediction, d = delta)[0]; };
    check_close("huber", "scaled with delta", huber(scaled(whole, 3), 0.6), 9 * huber(whole, 0.2));
}

BOOST_AUTO_TEST_SUITE_END()
