// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/trainer.hpp>

#include <ctgrad/ctgrad.hpp>

#include "allocations.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20>;
constexpr auto labels = ct::placeholder<"labels", float, N, 5>;
constexpr auto W = ct::variable<"W", float, 20, 5>;
constexpr auto b = ct::variable<"b", float, 5>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = labels, ct::logits = logits));
constexpr auto rate = ct::scalar<"rate", float>;

struct batch {
    std::vector<float> inputs, targets;
    explicit batch(std::size_t n) : inputs(20 * n), targets(5 * n) {
        for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = std::sin(static_cast<float>(i));
        for (std::size_t i = 0; i < n; ++i) { // the class is where the largest of five inputs is
            const auto five = inputs.begin() + static_cast<std::ptrdiff_t>(20 * i);
            targets[5 * i + static_cast<std::size_t>(std::max_element(five, five + 5) - five)] = 1;
        }
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(train)

BOOST_AUTO_TEST_CASE(step_allocates_nothing_after_the_first) {
    const batch data(100), smaller(30);
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
    (void)train(x = data.inputs, labels = data.targets);
    const int before = allocation_count();
    for (int i = 0; i < 10; ++i) {
        (void)train(x = data.inputs, labels = data.targets);
        (void)train(x = smaller.inputs, labels = smaller.targets);
    }
    BOOST_TEST(allocation_count() == before);
}

BOOST_AUTO_TEST_CASE(static_program_allocates_nothing_at_all_in_a_call) {
    constexpr auto u = ct::placeholder<"u", float, 4, 1>;
    const ct::function f{ct::reduce_mean(ct::square(u) * ct::reduce_sum(u))};
    const std::array data{1.0f, 2.0f, 3.0f, 4.0f};
    const int before = allocation_count();
    const float value = f(u = data);
    BOOST_TEST(allocation_count() == before);
    BOOST_TEST(value == 75.0f);
}

BOOST_AUTO_TEST_CASE(training_lowers_the_loss_from_ln_5) {
    const batch data(100);
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.5_c))};
    const float first = train(x = data.inputs, labels = data.targets);
    BOOST_TEST(std::abs(first - std::log(5.0f)) < 1e-5f);
    float last = first;
    for (int i = 0; i < 200; ++i) last = train(x = data.inputs, labels = data.targets);
    BOOST_TEST(last < 0.5f * first);
}

BOOST_AUTO_TEST_CASE(minimize_and_apply_gradients_take_the_same_step) {
    const batch data(10);
    constexpr auto grads = ct::gradient(loss, W, b);
    ct::trainer one{ct::minimize(loss, ct::gradient_descent(0.1_c)), W = ct::glorot_uniform{.seed = 3}};
    ct::trainer two{ct::apply_gradients(ct::gradient_descent(0.1_c), grads, loss), W = ct::glorot_uniform{.seed = 3}};
    for (int i = 0; i < 5; ++i) {
        const float l1 = one(x = data.inputs, labels = data.targets);
        const float l2 = two(x = data.inputs, labels = data.targets);
        BOOST_TEST(l1 == l2);
    }
    for (std::size_t i = 0; i < 100; ++i) BOOST_TEST(one[W][i] == two[W][i]);
}

BOOST_AUTO_TEST_CASE(run_time_rate_is_fed_like_data) {
    constexpr auto v = ct::variable<"v", float, 3>;
    ct::trainer train{ct::minimize(ct::reduce_sum(v), ct::gradient_descent(rate))};
    (void)train(rate = 0.5);
    (void)train(rate = 0.25f);
    for (float e : train[v]) BOOST_TEST(e == -0.75f);
}

BOOST_AUTO_TEST_CASE(refused_call_changes_nothing) {
    const batch data(10);
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c)), W = ct::random_normal{.seed = 5}};
    const std::vector<float> before(train[W].begin(), train[W].end());
    const std::vector<float> wrong(7);
    BOOST_CHECK_THROW((void)train(x = wrong, labels = data.targets), ct::error);
    BOOST_CHECK_THROW((void)train(x = data.inputs, labels = batch(9).targets), ct::error);
    BOOST_CHECK_THROW(train.set(W = wrong), ct::error);
    BOOST_TEST(std::vector<float>(train[W].begin(), train[W].end()) == before);
}

BOOST_AUTO_TEST_CASE(trained_variables_feed_a_function) {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c)), b = std::array{0.0f, 1.0f, 2.0f, 3.0f, 4.0f}};
    const ct::function predict{ct::argmax(logits, ct::axis<1>)};
    const batch data(3);
    const auto classes = predict(x = data.inputs, train.parameters());
    for (std::int32_t c : classes) BOOST_TEST(c == 4);
}

BOOST_AUTO_TEST_CASE(variables_lie_aligned_in_one_buffer) {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c)), W = ct::ones(), b = ct::fill(2)};
    const std::span<float> all = train.parameters().flat<float>();
    float sum = 0;
    for (float e : all) sum += e;
    BOOST_TEST(sum == 100.0f + 10.0f);
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(train[W].data()) % ct::buffer_alignment == 0u);
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(train[b].data()) % ct::buffer_alignment == 0u);
}

BOOST_AUTO_TEST_CASE(copied_trainer_goes_its_own_way) {
    const batch data(10);
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
    auto copy = train;
    (void)copy(x = data.inputs, labels = data.targets);
    BOOST_TEST(train[b][0] == 0.0f);
    BOOST_TEST(copy[b][0] != 0.0f);
}

BOOST_AUTO_TEST_CASE(initializers_have_their_moments_and_depend_on_the_seed_alone) {
    constexpr auto big = ct::variable<"big", double, 100, 200>;
    ct::trainer train{ct::minimize(ct::reduce_sum(big), ct::gradient_descent(0_c)), big = ct::glorot_uniform{.seed = 1}};
    const double limit = std::sqrt(6.0 / 300);
    double sum = 0, largest = 0;
    for (double e : train[big]) {
        sum += e;
        largest = std::max(largest, std::abs(e));
    }
    BOOST_TEST(std::abs(sum / 20000) < 0.005);
    BOOST_TEST((largest <= limit && largest > 0.99 * limit));
    train.set(big = ct::random_normal{.mean = 1, .stddev = 2, .seed = 7});
    double mean = 0, squares = 0;
    for (double e : train[big]) mean += e / 20000;
    for (double e : train[big]) squares += (e - mean) * (e - mean) / 20000;
    BOOST_TEST(std::abs(mean - 1) < 0.05);
    BOOST_TEST(std::abs(std::sqrt(squares) - 2) < 0.05);
    const double first = train[big][0];
    train.set(big = ct::random_normal{.mean = 1, .stddev = 2, .seed = 7});
    BOOST_TEST(train[big][0] == first);
    train.set(big = ct::random_normal{.mean = 1, .stddev = 2, .seed = 8});
    BOOST_TEST(train[big][0] != first);
    BOOST_CHECK_THROW(train.set(big = ct::random_uniform{.minval = 1, .maxval = 0}), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
