// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/optimizer_function.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <sstream>
#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto u = ct::variable<"u", double, 2>;
constexpr auto w = ct::variable<"w", double, 3>;
constexpr auto du = ct::placeholder<"du", double, 2>;
constexpr auto dw = ct::placeholder<"dw", double, 3>;
constexpr auto loss = ct::reduce_sum(u * du) + ct::reduce_sum(w * dw); // so du and dw are its gradients

constexpr std::array slopes_of_u{3.0, 0.0}, start_of_u{1.0, 2.0};
constexpr std::array slopes_of_w{0.0, 4.0, 0.0}, start_of_w{0.5, 0.0, -0.5};

template <class Optimizer>
auto trained(Optimizer optimizer, int steps) {
    ct::trainer train{ct::minimize(loss, optimizer), u = start_of_u, w = start_of_w};
    for (int i = 0; i < steps; ++i) (void)train(du = slopes_of_u, dw = slopes_of_w);
    return train;
}

struct heavy_ball_formula {
    static constexpr std::string_view name = "heavy_ball";
    static constexpr auto defaults = ct::optimizer_options(ct::learning_rate = 0.01_c, ct::momentum = 0.9_c);
    static constexpr void update(auto& at) {
        const ct::ref m = at[ct::momentum] * at.slot(0) + at.gradient;
        at.assign(at.slot(0), m);
        at.assign(at.variable, at.variable - at[ct::learning_rate] * m);
    }
};
constexpr ct::optimizer_function<heavy_ball_formula> heavy_ball{};

const auto near = boost::test_tools::tolerance(1e-14);

} // namespace

BOOST_AUTO_TEST_SUITE(train)

BOOST_AUTO_TEST_CASE(step_number_is_one_for_all_variables) {
    auto train = trained(ct::adam(), 3);
    BOOST_TEST(train[ct::iterations].size() == 1u);
    BOOST_TEST(train[ct::iterations][0] == 3);
    static_assert(
        !decltype(trained(ct::sgd(), 1))::holds<std::remove_const_t<decltype(ct::iterations)>>); // who does not ask for it has none
}

BOOST_AUTO_TEST_CASE(first_step_of_adam_is_the_rate) {
    auto train = trained(ct::adam(0.125_c, ct::epsilon = 0_c, ct::clipvalue = 9_c), 1);
    BOOST_TEST(train[u][0] == 1 - 0.125, near);
}

BOOST_AUTO_TEST_CASE(slots_begin_with_their_initial_value) {
    auto train = trained(ct::adagrad(1_c, ct::initial_accumulator_value = 7_c, ct::epsilon = 0_c), 1);
    BOOST_TEST(train[u][0] == 1 - 3 / std::sqrt(7.0 + 9), near);
}

BOOST_AUTO_TEST_CASE(gradients_are_clipped_by_their_norm_together_or_apart) {
    auto together = trained(ct::sgd(1_c, ct::global_clipnorm = 1_c), 1);
    BOOST_TEST(together[u][0] == 1 - 0.6, near);
    BOOST_TEST(together[w][1] == -0.8, near);
    auto apart = trained(ct::sgd(1_c, ct::clipnorm = 1_c), 1);
    BOOST_TEST(apart[u][0] == 0, near);
    BOOST_TEST(apart[w][1] == -1, near);
    constexpr auto grads = ct::clip_by_global_norm(ct::gradient(loss, u, w), 1_c);
    ct::trainer step{ct::apply_gradients(ct::sgd(1_c), grads), u = start_of_u, w = start_of_w};
    step(du = slopes_of_u, dw = slopes_of_w);
    BOOST_TEST(step[u][0] == together[u][0], near);
    BOOST_TEST(step[w][1] == together[w][1], near);
}

BOOST_AUTO_TEST_CASE(weights_decay_before_the_update) {
    auto train = trained(ct::sgd(0.5_c, ct::weight_decay = 0.25_c), 1);
    BOOST_TEST(train[u][0] == 1 - 0.125 - 1.5, near);
    BOOST_TEST(train[u][1] == 2 - 0.25, near);
}

BOOST_AUTO_TEST_CASE(gradients_are_summed_over_several_steps) {
    auto train = trained(ct::sgd(1_c, ct::gradient_accumulation_steps = 2_c), 3);
    BOOST_TEST(train[u][0] == 1 - 3, near);
    auto further = trained(ct::adam(0.125_c, ct::epsilon = 0_c, ct::gradient_accumulation_steps = 2_c), 4);
    BOOST_TEST(further[u][0] == 1 - 2 * 0.125, near);
}

BOOST_AUTO_TEST_CASE(averages_follow_the_variables) {
    auto train = trained(ct::sgd(1_c, ct::ema_momentum = 0.75_c), 2);
    BOOST_TEST(train[u][0] == 1 - 6, near);
    BOOST_TEST(train[ct::average_of(u)][0] == 0.75 * (1 - 3) + 0.25 * (1 - 6), near);
}

BOOST_AUTO_TEST_CASE(rate_may_fall_with_the_steps) {
    auto train = trained(ct::sgd(ct::exponential_decay(1_c, ct::decay_steps = 1_c, ct::decay_rate = 0.5_c)), 3);
    BOOST_TEST(train[u][0] == 1 - 3 * (1 + 0.5 + 0.25), near);
    auto own = trained(ct::sgd(1_c / (1_c + ct::cast<float>(ct::iterations))), 2);
    BOOST_TEST(own[u][0] == 1 - 3 * (1 + 0.5), near);
}

BOOST_AUTO_TEST_CASE(scale_of_the_loss_cancels) {
    auto train = trained(ct::sgd(1_c, ct::loss_scale_factor = 1024_c), 1);
    BOOST_TEST(train[u][0] == 1 - 3, near);
}

BOOST_AUTO_TEST_CASE(own_formula_has_the_options_of_all) {
    auto train = trained(heavy_ball(1_c, 0.5_c, ct::clipvalue = 1_c), 2);
    BOOST_TEST(train[u][0] == 1 - 1 - 1.5, near);
}

BOOST_AUTO_TEST_CASE(constants_of_tensorflow_1_differ) {
    auto rms = trained(ct::compat_v1::rmsprop(1_c), 1);
    BOOST_TEST(rms[u][0] == 1 - 3 / std::sqrt(0.9 + 0.1 * 9 + 1e-10), near);
    auto adam = trained(ct::compat_v1::adam(0.125_c), 1);
    BOOST_TEST(adam[u][0] == 1 - 0.125 * 3 / (3 + 1e-8 / std::sqrt(0.001)), near);
    auto ball = trained(ct::compat_v1::momentum(ct::exponential_decay(1_c, 1_c, 0.5_c), 0.5_c), 2);
    BOOST_TEST(ball[u][0] == 1 - 3 - 0.5 * (0.5 * 3 + 3), near);
}

BOOST_AUTO_TEST_CASE(updates_of_a_variable_are_one_loop) {
    constexpr auto step = ct::apply_gradients(ct::adam(0.1_c), ct::gradient(loss, w));
    std::ostringstream plan;
    plan << ct::explain(step);
    const std::string text = plan.str(), loop = "loop over [3]";
    BOOST_TEST(text.find(loop) == text.rfind(loop));
    BOOST_TEST(text.find(loop) != text.npos);
}

BOOST_AUTO_TEST_SUITE_END()
