// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/fit.hpp>

#include "../train/allocations.hpp"
#include "line.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>
#include <sstream>

using namespace line;

namespace {

constexpr ct::fit_options quiet{.epochs = 3, .batch_size = 8, .shuffle = false, .verbose = 0};

/// The share of predictions within 0.1 of the truth, and how many there are.
struct close_enough {
    static constexpr std::string_view name = "close_accuracy";
    static constexpr auto totals(auto truth, auto prediction) {
        const auto hits = ct::cast<float>(ct::abs(truth - prediction) < 0.1_c);
        return boost::hana::make_tuple(ct::reduce_sum(hits), ct::reduce_sum(ct::cast<float>(ct::equal(hits, hits))));
    }
    static double result(std::span<const double> totals) { return totals[0] / totals[1]; }
};

auto line_net() { return ct::compile(model{}, ct::adam(0.05_c), squared_error{}, ct::metrics(close_enough{}), ct::fed_by(x, y)); }
using net_type = decltype(line_net());

/// The epochs of a net by hand.
struct by_hand {
    ct::trainer<decltype(ct::minimize(ct::reduce_mean(ct::square(y - model{}(x))), ct::adam(0.05_c)))> train{
        ct::minimize(ct::reduce_mean(ct::square(y - model{}(x))), ct::adam(0.05_c))};

    double epoch(const points& all, std::size_t rows, std::size_t batch) {
        double sum = 0;
        for (std::size_t first = 0; first < rows; first += batch) {
            const std::size_t count = std::min(batch, rows - first);
            sum += static_cast<double>(count) * static_cast<double>(float(train(x = std::span(all.X).subspan(2 * first, 2 * count),
                                                                                y = std::span(all.Y).subspan(first, count))));
        }
        return sum / static_cast<double>(rows);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(model_fit)

BOOST_AUTO_TEST_CASE(variables_are_their_averages_after_fit) {
    const points data(16);
    auto net = ct::compile(model{}, ct::sgd(0.1_c, ct::ema_momentum = 0.9_c), squared_error{}, ct::fed_by(x, y));
    net.fit(data.X, data.Y, {.epochs = 0, .verbose = 0});
    BOOST_TEST(net[slope][0] == 0);
    ct::trainer train{ct::minimize(ct::reduce_mean(ct::square(y - model{}(x))), ct::sgd(0.1_c, ct::ema_momentum = 0.9_c))};
    for (int step = 0; step < 2; ++step) train(x = data.X, y = data.Y);
    net.fit(data.X, data.Y, {.epochs = 2, .batch_size = 16, .shuffle = false, .verbose = 0});
    const auto average = train[ct::average_of(slope)];
    BOOST_TEST(average[1] != train[slope][1]);
    for (std::size_t i = 0; i < 2; ++i) BOOST_TEST(std::abs(net[slope][i] - average[i]) < 1e-6f);
}

BOOST_AUTO_TEST_CASE(fit_takes_the_steps_of_a_loop_by_hand_with_a_smaller_last_batch) {
    const points data(21);
    auto net = line_net();
    by_hand hand;
    const ct::fit_history history = net.fit(data.X, data.Y, quiet);
    for (int epoch = 0; epoch < 3; ++epoch)
        BOOST_TEST(std::abs(history["loss"][static_cast<std::size_t>(epoch)] - hand.epoch(data, 21, 8)) < 1e-6);
    for (std::size_t i = 0; i < 2; ++i) BOOST_TEST(std::abs(net[slope][i] - hand.train[slope][i]) < 1e-6f);
    BOOST_TEST(history.epoch == (std::vector{0, 1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(last_examples_validate_after_each_epoch) {
    const points data(20);
    auto net = line_net();
    by_hand hand;
    ct::fit_options how = quiet;
    how.epochs = 1;
    how.validation_split = 0.25;
    const auto history = net.fit(data.X, data.Y, how);
    BOOST_TEST(std::abs(history["loss"][0] - hand.epoch(data, 15, 8)) < 1e-6);
    double squares = 0, hits = 0;
    for (std::size_t i = 15; i < 20; ++i) {
        const double error =
            static_cast<double>(data.X[2 * i] * net[slope][0] + data.X[2 * i + 1] * net[slope][1] + net[start][0] - data.Y[i]);
        squares += error * error;
        hits += std::abs(error) < 0.1;
    }
    BOOST_TEST(std::abs(history["val_loss"][0] - squares / 5) < 1e-6);
    BOOST_TEST(history[ct::val(close_enough{})][0] == hits / 5);
    const auto again = net.evaluate(std::span(data.X).subspan(30), std::span(data.Y).subspan(15), {.batch_size = 2});
    BOOST_TEST(std::abs(again["loss"] - squares / 5) < 1e-6);
    BOOST_TEST(again[close_enough{}] == hits / 5);
}

BOOST_AUTO_TEST_CASE(predictions_are_a_row_for_each_example) {
    const points data(7);
    auto net = line_net();
    net.set(slope = std::array{1.0f, -2.0f});
    const auto found = net.predict(data.X, {.batch_size = 3});
    BOOST_TEST(found.rank() == 2);
    BOOST_TEST((found.extent(0) == 7 && found.extent(1) == 1));
    for (std::size_t i = 0; i < 7; ++i) BOOST_TEST(std::abs(found[i] - (data.X[2 * i] - 2 * data.X[2 * i + 1])) < 1e-6f);
}

BOOST_AUTO_TEST_CASE(each_epoch_has_its_order_whenever_training_began) {
    const points data(32);
    ct::fit_options how{.epochs = 4, .batch_size = 8, .seed = 3, .verbose = 0};
    auto whole = line_net(), parts = line_net(), other = line_net();
    (void)whole.fit(data.X, data.Y, how);
    how.epochs = 2;
    (void)parts.fit(data.X, data.Y, how);
    how.epochs = 4;
    how.initial_epoch = 2;
    const auto history = parts.fit(data.X, data.Y, how);
    BOOST_TEST(history.epoch == (std::vector{2, 3}), boost::test_tools::per_element());
    BOOST_TEST(parts[slope][0] == whole[slope][0]);
    how.initial_epoch = 0;
    how.seed = 4;
    (void)other.fit(data.X, data.Y, how);
    BOOST_TEST(other[slope][0] != whole[slope][0]);
}

BOOST_AUTO_TEST_CASE(order_is_a_permutation_that_depends_on_seed_and_epoch) {
    std::vector<std::size_t> one(50), two(50);
    ct::detail::shuffle(one, 1, 0);
    ct::detail::shuffle(two, 1, 1);
    BOOST_TEST(std::set(one.begin(), one.end()).size() == 50u);
    BOOST_TEST((one != two));
    ct::detail::shuffle(two, 1, 0);
    BOOST_TEST((one == two));
}

BOOST_AUTO_TEST_CASE(weights_scale_losses_and_not_the_number_of_examples) {
    const points data(12);
    auto plain = line_net(), doubled = line_net();
    const std::vector<float> twice(12, 2.0f);
    const double once = plain.evaluate(data.X, data.Y)["loss"];
    BOOST_TEST(std::abs(doubled.evaluate(data.X, data.Y, {}, ct::sample_weights(twice))["loss"] - 2 * once) < 1e-6);
    std::vector<float> classes(12), by_class(12);
    for (std::size_t i = 0; i < 12; ++i) {
        classes[i] = static_cast<float>(i % 3);
        by_class[i] = i % 3 == 2 ? 5.0f : 1.0f;
    }
    const double weighed = plain.fit(data.X, classes, quiet, ct::sample_weights(by_class))["loss"][2];
    const double same = doubled.fit(data.X, classes, quiet, ct::class_weights{{2, 5.0}})["loss"][2];
    BOOST_TEST(weighed == same);
}

BOOST_AUTO_TEST_CASE(contradictions_are_refused_and_nothing_changes) {
    const points data(12);
    auto net = line_net();
    const std::vector<float> wrong(11), odd(23), none;
    const auto refuses = [&](const auto& X, const auto& Y, const ct::fit_options& how, const auto&... more) {
        BOOST_CHECK_THROW((void)net.fit(X, Y, how, more...), ct::error);
    };
    refuses(data.X, wrong, quiet);
    refuses(odd, data.Y, quiet);
    refuses(none, none, quiet);
    refuses(ct::view(data.X.data(), 8, 3), data.Y, quiet);
    refuses(std::span<const float>(), std::span<const float>(), quiet);
    refuses(data.X, data.Y, {.epochs = -1});
    refuses(data.X, data.Y, {.batch_size = 0});
    refuses(data.X, data.Y, {.validation_split = 1.0});
    refuses(data.X, data.Y, {.validation_split = -0.1});
    refuses(data.X, data.Y, {.validation_split = 0.99});
    refuses(data.X, data.Y, {.validation_freq = 0});
    refuses(data.X, data.Y, quiet, ct::sample_weights(wrong));
    refuses(data.X, data.Y, quiet, ct::validation_data(data.X, wrong));
    BOOST_CHECK_THROW((void)net.evaluate(data.X, wrong), ct::error);
    BOOST_CHECK_THROW((void)net.predict(odd), ct::error);
    BOOST_CHECK_THROW(net.set_weights(std::vector<std::byte>(3)), ct::error);
    BOOST_CHECK_THROW((void)net.fit(data.X, data.Y, quiet)["accuracy"], ct::error);
    auto fresh = line_net();
    (void)fresh.fit(data.X, data.Y, quiet);
    BOOST_TEST(fresh[slope][0] == net[slope][0]);
}

BOOST_AUTO_TEST_CASE(no_epoch_changes_nothing) {
    const points data(12);
    auto net = line_net();
    BOOST_TEST(net.fit(data.X, data.Y, {.epochs = 0}).empty());
    BOOST_TEST(net[slope][0] == 0.0f);
}

BOOST_AUTO_TEST_CASE(steps_allocate_nothing) {
    const points few(64), many(640);
    for (const bool shuffled : {false, true}) {
        auto net = line_net();
        const auto allocations = [&](const points& data) {
            const int before = allocation_count();
            (void)net.fit(data.X, data.Y, {.epochs = 1, .batch_size = 8, .shuffle = shuffled, .verbose = 0});
            return allocation_count() - before;
        };
        const int first = allocations(few);
        BOOST_TEST(allocations(many) == first);
    }
}

BOOST_AUTO_TEST_CASE(what_is_said_has_the_form_of_keras) {
    const points data(20);
    auto net = line_net();
    std::ostringstream said;
    (void)net.fit(data.X, data.Y, {.epochs = 2, .batch_size = 8, .validation_split = 0.5, .verbose = 2, .output = &said});
    const std::string text = said.str();
    BOOST_TEST(text.starts_with("Epoch 1/2\n2/2 - 0s - "));
    BOOST_TEST(text.find("/step - close_accuracy: ") != std::string::npos);
    BOOST_TEST(text.find(" - val_close_accuracy: ") < text.find(" - val_loss: "));
    ct::epoch_logs logs;
    logs.set("loss", 0.12345);
    logs.set("auc", 0.0005);
    BOOST_TEST(ct::detail::line_of(logs) == " - auc: 5.0000e-04 - loss: 0.1235");
}

BOOST_AUTO_TEST_CASE(questions_say_what_fits) {
    using floats = std::vector<float>;
    static_assert(ct::can_fit<net_type, floats, floats>);
    static_assert(!ct::can_fit<net_type, std::vector<double>, floats>);
    static_assert(!ct::can_fit<net_type, floats, floats, int>);
    static_assert(ct::can_compile<model, decltype(ct::adam()), squared_error, decltype(ct::fed_by(x, y))>);
    static_assert(!ct::can_compile<model, squared_error, decltype(ct::adam()), decltype(ct::fed_by(x, y))>);
}

BOOST_AUTO_TEST_SUITE_END()
