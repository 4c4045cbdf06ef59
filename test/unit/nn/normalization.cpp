// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/layers.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 2>;
constexpr auto images = ct::placeholder<"images", double, N, 3, 2>;
const std::vector<double> data{1, -2, 3, 0, 2, 5};

constexpr auto channel_scale = ct::variable<"batch_normalization/gamma", double, 2>;
constexpr auto beta = ct::variable<"batch_normalization/beta", double, 2>;
constexpr auto moving_mean = ct::state<"batch_normalization/moving_mean", double, 2>;
constexpr auto moving_variance = ct::state<"batch_normalization/moving_variance", double, 2>;

void check_close(const auto& got, const std::vector<double>& wanted) {
    std::size_t i = 0;
    for (double e : got) BOOST_TEST(std::abs(e - wanted.at(i++)) < 1e-12);
    BOOST_TEST(i == wanted.size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(normalization)

BOOST_AUTO_TEST_CASE(batches_are_normalized_in_training_and_their_averages_kept) {
    constexpr auto layer = ct::batch_normalization();
    constexpr auto y = layer(x, ct::training);
    ct::trainer train{ct::apply_gradients(ct::sgd(0_c), ct::gradient(ct::reduce_sum(y), channel_scale, beta), y, layer.updates(x)),
                      layer.initial_values(x, 1)};
    const double means[] = {2, 1}, variances[] = {2.0 / 3, 26.0 / 3};
    std::vector<double> wanted;
    for (std::size_t i = 0; i < data.size(); ++i) wanted.push_back((data[i] - means[i % 2]) / std::sqrt(variances[i % 2] + 0.001));
    check_close(train(x = data), wanted);
    check_close(train[moving_mean], {0.02, 0.01});
    check_close(train[moving_variance], {0.99 + 0.02 / 3, 0.99 + 0.26 / 3});
    train(x = data);
    check_close(train[moving_mean], {0.02 * 1.99, 0.01 * 1.99});
}

BOOST_AUTO_TEST_CASE(the_averages_are_used_for_predictions) {
    constexpr auto layer = ct::batch_normalization(ct::momentum = 0.5_c, ct::epsilon = 1_c, ct::scale<false>);
    ct::function f{layer(x)};
    const std::array<double, 2> mean{1, 2}, variance{3, 8}, shift{10, 20};
    check_close(f(x = data, moving_mean = mean, moving_variance = variance, beta = shift), {10, 20 - 4.0 / 3, 11, 20 - 2.0 / 3, 10.5, 21});
    ct::trainer train{ct::minimize(ct::reduce_sum(ct::square(layer(x, ct::training))), ct::sgd(), layer.updates(x)),
                      layer.initial_values(x, 1)};
    train(x = data);
    check_close(train[moving_mean], {1, 0.5});
}

BOOST_AUTO_TEST_CASE(any_axis_can_be_the_one_of_channels) {
    constexpr auto layer = ct::batch_normalization(ct::axis<1>);
    constexpr auto scale = ct::variable<"batch_normalization/gamma", double, 3>;
    constexpr auto shift = ct::variable<"batch_normalization/beta", double, 3>;
    ct::function f{layer(images, ct::training)};
    const std::array<double, 3> ones{1, 1, 1}, tens{10, 20, 30};
    const std::vector<double> values{1, 3, 2, 2, 0, 4};
    const double a = 1 / std::sqrt(1.001), b = 2 / std::sqrt(4.001);
    check_close(f(images = values, scale = ones, shift = tens), {10 - a, 10 + a, 20, 20, 30 - b, 30 + b});
    static_assert(ct::batch_normalization(ct::axis<1>, ct::center<false>, ct::scale<false>)(images, ct::training).shape() ==
                  ct::shape(N, 3, 2));
}

BOOST_AUTO_TEST_CASE(examples_are_normalized_by_themselves) {
    constexpr auto layer = ct::layer_normalization();
    constexpr auto scale = ct::variable<"layer_normalization/gamma", double, 2>;
    constexpr auto shift = ct::variable<"layer_normalization/beta", double, 2>;
    ct::function f{layer(x)};
    const std::array<double, 2> two{2, 2}, one{1, 0};
    const double a = 1.5 / std::sqrt(2.251);
    check_close(f(x = data, scale = two, shift = one), {1 + 2 * a, -2 * a, 1 + 2 * a, -2 * a, 1 - 2 * a, 2 * a});
    constexpr auto both = ct::layer_normalization(ct::axis<1, 2>, ct::epsilon = 0_c);
    constexpr auto scale_of_both = ct::variable<"layer_normalization/gamma", double, 3, 2>;
    ct::function g{both(images)};
    const std::array<double, 6> six{1, 1, 1, 1, 1, 1}, none{};
    const std::vector<double> values{1, -1, 1, -1, 1, -1};
    check_close(g(images = values, scale_of_both = six, ct::variable<"layer_normalization/beta", double, 3, 2> = none), values);
}

BOOST_AUTO_TEST_CASE(embedding_is_a_row_of_its_table) {
    constexpr auto words = ct::placeholder<"words", std::int32_t, N, 2>;
    constexpr auto layer = ct::embedding<3, 2>();
    constexpr auto table = ct::variable<"embedding/embeddings", float, 3, 2>;
    ct::function f{layer(words)};
    const std::array<float, 6> rows{1, 2, 3, 4, 5, 6};
    const std::array<std::int32_t, 2> given{2, 0};
    const auto got = f(words = given, table = rows);
    const std::vector<float> wanted{5, 6, 1, 2};
    BOOST_TEST(std::vector<float>(got.begin(), got.end()) == wanted, boost::test_tools::per_element());
    static_assert(layer(words).shape() == ct::shape(N, 2, 2));
}

BOOST_AUTO_TEST_CASE(models_have_the_updates_and_values_of_their_layers) {
    constexpr auto model = ct::sequential(ct::input_of<double, 2>, ct::batch_normalization(), ct::dense<2>(), ct::batch_normalization());
    constexpr auto loss = ct::reduce_mean(ct::square(model(x, ct::training) - 1_c));
    ct::trainer train{ct::minimize(loss, ct::sgd(), model.updates(x)), model.initial_values(1)};
    constexpr auto second = ct::state<"batch_normalization_1/moving_variance", double, 2>;
    BOOST_TEST((train[channel_scale][0] == 1 && train[moving_variance][0] == 1 && train[second][1] == 1));
    train(x = data);
    BOOST_TEST((train[moving_mean][0] != 0 && train[second][1] != 1));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
