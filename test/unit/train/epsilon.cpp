// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/optimizer_function.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto dw = ct::placeholder<"dw", float, 3>;
constexpr auto loss = ct::reduce_sum(w * dw); // so dw is its gradient
constexpr std::array start{0.5F, 1.0F, -2.0F};

/// With gradient 0, and with one whose square underflows, a step is 0 or finite.
template <class Optimizer>
void check_steps(Optimizer optimizer, const char* name, bool moves = true) {
    ct::trainer train{ct::minimize(loss, optimizer), w = start};
    for (const float tiny : {0.0F, 1e-30F, 0.0F}) {
        (void)train(dw = std::array{0.0F, tiny, 1.0F});
        BOOST_TEST(train[w][0] == start[0], name);
        BOOST_TEST(std::isfinite(train[w][1]), name);
        BOOST_TEST(std::isfinite(train[w][2]), name);
    }
    BOOST_TEST((train[w][2] < start[2]) == moves, name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(train)

BOOST_AUTO_TEST_CASE(no_gradient_is_no_step_without_epsilon) {
    check_steps(ct::adam(0.1_c, ct::epsilon = 0_c), "adam");
    check_steps(ct::adam(0.1_c, ct::epsilon = 0_c, ct::amsgrad), "adam, amsgrad");
    check_steps(ct::adamax(0.1_c, ct::epsilon = 0_c), "adamax");
    check_steps(ct::nadam(0.1_c, ct::epsilon = 0_c), "nadam");
    check_steps(ct::lamb(0.1_c, ct::epsilon = 0_c), "lamb");
}

BOOST_AUTO_TEST_CASE(no_gradient_is_no_step_of_averages_of_squares) {
    check_steps(ct::rmsprop(0.1_c, ct::epsilon = 0_c), "rmsprop");
    check_steps(ct::adagrad(0.1_c, ct::epsilon = 0_c, ct::initial_accumulator_value = 0_c), "adagrad");
    check_steps(ct::adadelta(0.1_c, ct::epsilon = 0_c), "adadelta", false); // its step is as long as the last one: 0
    check_steps(ct::ftrl(0.1_c, ct::initial_accumulator_value = 0_c), "ftrl");
    check_steps(ct::adafactor(0.1_c, ct::epsilon_1 = 0_c), "adafactor");
}

BOOST_AUTO_TEST_CASE(epsilon_of_a_call_may_be_0_too) {
    constexpr auto least = ct::scalar<"least", float>;
    ct::trainer train{ct::minimize(loss, ct::adam(0.1_c, ct::epsilon = least)), w = start};
    (void)train(dw = std::array{0.0F, 1.0F, 0.0F}, least = 0.0F);
    BOOST_TEST(train[w][0] == start[0]);
    BOOST_TEST(train[w][1] == 0.9F, boost::test_tools::tolerance(1e-6F));
}

BOOST_AUTO_TEST_CASE(a_centred_average_of_squares_is_no_negative_variance) {
    ct::trainer train{ct::minimize(loss, ct::rmsprop(0.1_c, ct::centered)), w = start};
    for (int i = 0; i < 200; ++i) (void)train(dw = std::array{1003.7F, -12345.6F, 1e-3F});
    for (const float each : train[w]) BOOST_TEST(std::isfinite(each));
}

BOOST_AUTO_TEST_SUITE_END()
