// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/callbacks.hpp>
#include <ctgrad/model/callbacks/csv_logger.hpp>

#include "line.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace line;

namespace {

auto line_net() { return ct::compile(model{}, ct::sgd(0.1_c), squared_error{}, ct::fed_by(x, y)); }

/// Stands for a net: what callbacks use of it.
struct fake_net {
    double rate = 1;
    bool stopped = false;
    std::vector<std::byte> kept{std::byte{1}};
    double learning_rate() const { return rate; }
    void set_learning_rate(double value) { rate = value; }
    void stop_training() { stopped = true; }
    std::vector<std::byte> weights() const { return kept; }
    void set_weights(std::vector<std::byte> saved) { kept = std::move(saved); }
};

ct::epoch_logs logs_of(double value) {
    ct::epoch_logs logs;
    logs.set("val_loss", value);
    return logs;
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_callbacks)

BOOST_AUTO_TEST_CASE(early_stopping_waits_and_gives_back_the_best_weights) {
    fake_net net;
    ct::early_stopping stop{.patience = 2, .restore_best_weights = true};
    stop.on_train_begin(net, logs_of(0));
    const double losses[] = {3, 1, 2, 1, 0.5};
    int epoch = 0;
    for (; epoch < 5 && !net.stopped; ++epoch) {
        net.kept[0] = std::byte(epoch);
        stop.on_epoch_end(net, epoch, logs_of(losses[epoch]));
    }
    stop.on_train_end(net);
    BOOST_TEST(epoch == 4);
    BOOST_TEST(stop.stopped_epoch == 3);
    BOOST_TEST(stop.best_epoch == 1);
    BOOST_TEST((net.kept[0] == std::byte{1}));
}

BOOST_AUTO_TEST_CASE(early_stopping_asks_for_what_is_reported) {
    fake_net net;
    BOOST_CHECK_THROW(ct::early_stopping{.monitor = "val_accuracy"}.on_train_begin(net, logs_of(0)), ct::error);
    ct::epoch_logs names;
    names.set("wealth", 0);
    BOOST_CHECK_THROW(ct::early_stopping{.monitor = "wealth"}.on_train_begin(net, names), ct::error);
    BOOST_CHECK_NO_THROW((ct::early_stopping{.monitor = "wealth", .mode = ct::direction::max}.on_train_begin(net, names)));
}

BOOST_AUTO_TEST_CASE(plateau_lowers_the_rate_after_patience_and_cooldown) {
    fake_net net;
    ct::reduce_lr_on_plateau reduce{.factor = 0.5, .patience = 2, .cooldown = 2, .min_lr = 0.3};
    reduce.on_train_begin(net, logs_of(0));
    std::vector<double> rates;
    for (int epoch = 0; epoch < 9; ++epoch) {
        auto logs = logs_of(1);
        reduce.on_epoch_end(net, epoch, logs);
        rates.push_back(net.rate);
    }
    BOOST_TEST(rates == (std::vector{1.0, 1.0, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(scheduler_sets_the_rate_that_steps_use) {
    const points data(8);
    auto scheduled = line_net();
    auto frozen = line_net();
    BOOST_TEST(scheduled.learning_rate() == 0.1);
    const auto history =
        scheduled.fit(data.X, data.Y, {.epochs = 3, .batch_size = 8, .shuffle = false, .verbose = 0},
                      ct::callbacks(ct::learning_rate_scheduler([](int epoch, double rate) { return epoch == 1 ? 0.0 : rate; })));
    BOOST_TEST(history["learning_rate"] == (std::vector{0.1, 0.0, 0.0}), boost::test_tools::per_element());
    (void)frozen.fit(data.X, data.Y, {.epochs = 1, .batch_size = 8, .shuffle = false, .verbose = 0});
    BOOST_TEST(scheduled[slope][0] == frozen[slope][0]);
    BOOST_CHECK_THROW(scheduled.set_learning_rate(-1), ct::error);
}

BOOST_AUTO_TEST_CASE(fit_stops_where_a_callback_says_so_and_can_go_on) {
    points data(32);
    data.Y[9] = std::numeric_limits<float>::quiet_NaN();
    auto net = line_net();
    ct::terminate_on_nan nan;
    int batches = 0, epochs = 0;
    const auto history =
        net.fit(data.X, data.Y, {.epochs = 5, .batch_size = 8, .shuffle = false, .verbose = 0},
                ct::callbacks(nan, ct::on_batch_end([&](std::int64_t, double) { ++batches; }), ct::on_epoch_end([&](int, auto& logs) {
                                  ++epochs;
                                  logs.set("mine", 7);
                              })));
    BOOST_TEST(nan.batch == 1);
    BOOST_TEST(batches == 2);
    BOOST_TEST(epochs == 1);
    BOOST_TEST(history["mine"].size() == 1u);
    BOOST_TEST(net.fit(data.X, data.Y, {.epochs = 2, .verbose = 0}).epoch.size() == 2u);
}

BOOST_AUTO_TEST_CASE(csv_logger_writes_a_line_an_epoch) {
    const points data(8);
    const auto path = std::filesystem::temp_directory_path() / "ctgrad_csv_logger.csv";
    auto net = line_net();
    const ct::fit_options how{.epochs = 2, .batch_size = 4, .validation_split = 0.5, .verbose = 0};
    (void)net.fit(data.X, data.Y, how, ct::callbacks(ct::csv_logger{path}));
    (void)net.fit(data.X, data.Y, how, ct::callbacks(ct::csv_logger{.filename = path, .append = true}));
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    std::filesystem::remove(path);
    BOOST_TEST(lines.size() == 5u);
    BOOST_TEST(lines[0] == "epoch,loss,val_loss");
    BOOST_TEST(lines[4].starts_with("1,"));
    BOOST_CHECK_THROW((void)net.fit(data.X, data.Y, how, ct::callbacks(ct::csv_logger{"/nowhere/at/all.csv"})), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
