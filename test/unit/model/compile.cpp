// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/compile.hpp>

#include <ctgrad/model/callbacks/model_checkpoint.hpp>

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <filesystem>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto network = ct::sequential(ct::input<4>, ct::dense<8>(ct::relu), ct::dropout(0.25_c), ct::dense<3>(ct::softmax));
constexpr auto kernel = ct::variable<"dense/kernel", float, 4, 8>;

struct examples {
    std::vector<float> X, one_hot;
    std::vector<std::int32_t> classes;
    explicit examples(std::size_t n) : X(4 * n), one_hot(3 * n), classes(n) {
        for (std::size_t i = 0; i < X.size(); ++i) X[i] = static_cast<float>(i * 7919 % 101) / 101;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t c = X[4 * i] > 0.6f ? 0 : X[4 * i + 1] > 0.4f ? 1 : 2;
            one_hot[3 * i + c] = 1;
            classes[i] = static_cast<std::int32_t>(c);
        }
    }
};

auto dense_net() { return ct::compile(network, ct::adam(0.01_c), ct::categorical_crossentropy, ct::metrics(ct::accuracy, ct::precision)); }
auto sparse_net() { return ct::compile(network, ct::adam(0.01_c), ct::sparse_categorical_crossentropy, ct::metrics(ct::accuracy)); }

constexpr ct::fit_options quiet{.epochs = 3, .batch_size = 16, .verbose = 0};

} // namespace

BOOST_AUTO_TEST_SUITE(model_network)

BOOST_AUTO_TEST_CASE(fit_learns_and_reports_metrics_by_name) {
    const examples data(100);
    auto net = dense_net();
    const auto history = net.fit(data.X, data.one_hot, {.epochs = 60, .batch_size = 16, .validation_split = 0.2, .verbose = 0});
    BOOST_TEST(history["val_accuracy"].back() > 0.85);
    BOOST_TEST(history[ct::accuracy].size() == 60u);
    BOOST_TEST(history[ct::val(ct::precision)].back() > 0.85);
}

BOOST_AUTO_TEST_CASE(sparse_loss_takes_class_numbers_and_refuses_what_is_none_before_anything_changes) {
    examples data(64);
    auto net = sparse_net(), fresh = sparse_net();
    static_assert(!ct::can_fit<decltype(net), std::vector<float>, std::vector<float>>);
    data.classes[60] = 3;
    BOOST_CHECK_THROW((void)net.fit(data.X, data.classes, quiet), ct::error);
    BOOST_TEST(net[kernel][0] == fresh[kernel][0]);
    data.classes[60] = 2;
    BOOST_TEST(net.fit(data.X, data.classes, quiet)["loss"].back() < std::log(3.0));
}

BOOST_AUTO_TEST_CASE(class_weights_weigh_the_rows_of_one_hot_truths) {
    const examples data(64);
    std::vector<float> each(64);
    for (std::size_t i = 0; i < 64; ++i) each[i] = data.classes[i] == 0 ? 3.0f : data.classes[i] == 2 ? 0.5f : 1.0f;
    auto one = dense_net(), other = dense_net();
    const double by_class = one.fit(data.X, data.one_hot, quiet, ct::class_weights{{0, 3.0}, {2, 0.5}})["loss"][2];
    BOOST_TEST(by_class == other.fit(data.X, data.one_hot, quiet, ct::sample_weights(each))["loss"][2]);
}

BOOST_AUTO_TEST_CASE(dropout_and_batch_statistics_are_of_training_alone) {
    const examples data(64);
    auto net = ct::compile(ct::sequential(ct::input<4>, ct::dropout(0.25_c), ct::batch_normalization(), ct::dense<1>()), ct::sgd(),
                           ct::mean_squared_error);
    const std::vector<float> Y(64);
    (void)net.fit(data.X, Y, quiet);
    const auto before = net.weights();
    const auto one = net.predict(data.X), two = net.predict(data.X, {.batch_size = 7});
    for (std::size_t i = 0; i < one.size(); ++i) BOOST_TEST(std::abs(one[i] - two[i]) < 1e-6f);
    BOOST_TEST((net.weights() == before));
}

BOOST_AUTO_TEST_CASE(regularizers_are_part_of_the_loss) {
    auto net =
        ct::compile(ct::sequential(ct::input<2>, ct::dense<1>(ct::kernel_regularizer = ct::l2(0.5_c))), ct::sgd(), ct::mean_squared_error);
    net.set(ct::variable<"dense/kernel", float, 2, 1> = std::array{3.0f, 4.0f});
    BOOST_TEST(net.evaluate(std::vector<float>(6), std::vector<float>(3))["loss"] == 12.5);
}

BOOST_AUTO_TEST_CASE(training_goes_on_from_a_checkpoint_to_the_bit) {
    const examples data(64);
    const auto folder = std::filesystem::temp_directory_path() / "ctgrad_model_checkpoint";
    std::filesystem::create_directories(folder);
    ct::fit_options how = quiet;
    auto whole = dense_net(), second = dense_net();
    (void)whole.fit(data.X, data.one_hot, how, ct::callbacks(ct::model_checkpoint{.filepath = (folder / "{epoch}.safetensors").string()}));
    ct::load_checkpoint((folder / "1.safetensors").string(), second.state());
    how.initial_epoch = 1;
    (void)second.fit(data.X, data.one_hot, how);
    std::filesystem::remove_all(folder);
    BOOST_TEST((whole.weights() == second.weights()));
}

BOOST_AUTO_TEST_CASE(another_seed_draws_other_variables) {
    auto one = dense_net(), two = dense_net();
    BOOST_TEST(one[kernel][0] == two[kernel][0]);
    two.initialize(1);
    BOOST_TEST(one[kernel][0] != two[kernel][0]);
}

BOOST_AUTO_TEST_SUITE_END()
