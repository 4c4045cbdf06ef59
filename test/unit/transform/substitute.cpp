// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/substitute.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 2>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto x_valid = ct::placeholder<"x_valid", double, N, 2>;
constexpr auto y_valid = ct::placeholder<"y_valid", double, N>;
constexpr auto w = ct::variable<"w", double, 2>;
constexpr auto rate = ct::scalar<"rate", double>;
constexpr auto a = ct::variable<"a", double>;
constexpr auto b = ct::variable<"b", double>;

constexpr auto loss = ct::reduce_mean(ct::square(ct::tanh(ct::reduce_sum(x * w, ct::axis<1>)) - y));
constexpr auto after_a_step = ct::substitute(loss, w = w - rate * ct::gradient(loss, w)[w], x = x_valid, y = y_valid);

constexpr std::array<double, 6> inputs{1, -2, 0.5, 0.25, -1, 1.5}, valid_inputs{0.3, -0.6, 1.2, 0.1, -0.4, 2};
constexpr std::array<double, 3> targets{0.5, -0.25, 0.75}, valid_targets{0.1, 0.2, -0.3};

} // namespace

BOOST_AUTO_TEST_SUITE(transform_substitute)

BOOST_AUTO_TEST_CASE(it_is_what_had_been_written_with_the_value) {
    constexpr auto f = [](auto p, auto q) { return ct::sin(p) * q + ct::exp(q) / p; };
    static_assert(std::is_same_v<decltype(ct::substitute(f(a, b), a = a * b)), decltype(f(a * b, b))>);
    static_assert(std::is_same_v<decltype(ct::substitute(f(a, b), a = a)), decltype(f(a, b))>);
    static_assert(std::is_same_v<decltype(ct::substitute(a, a = ct::sin(b))), decltype(ct::sin(b))>);
}

BOOST_AUTO_TEST_CASE(all_at_once) {
    static_assert(std::is_same_v<decltype(ct::substitute(a - b * b, a = b, b = a)), decltype(b - a * a)>);
    static_assert(ct::evaluate(ct::substitute(a - b * b, a = b + 1_c, b = a), a = 3.0, b = 5.0)[0] == 6 - 9);
}

BOOST_AUTO_TEST_CASE(a_number_fills_the_leaf) {
    static_assert(ct::evaluate(ct::substitute(ct::reduce_sum(w), w = 0.5_c))[0] == 1);
    static_assert(ct::evaluate(ct::substitute(a * b, b = 2_c), a = 3.0)[0] == 6);
}

BOOST_AUTO_TEST_CASE(what_is_replaced_may_share_its_name_with_what_replaces_it) {
    constexpr auto single = ct::placeholder<"x", float, N, 2>;
    constexpr auto read = ct::substitute(loss, x = ct::cast<double>(single));
    static_assert(read.type() == ct::dtype::float64);
    constexpr std::array<float, 6> values{1, -2, 0.5f, 0.25f, -1, 1.5f};
    BOOST_TEST(ct::evaluate(read, single = values, y = targets, w = std::array{0.4, -0.3})[0] ==
               ct::evaluate(loss, x = inputs, y = targets, w = std::array{0.4, -0.3})[0]);
}

// The slopes of a validation loss behind a step of training, with respect to the learning rate and to where the step begins.
BOOST_AUTO_TEST_CASE(it_differentiates_through_a_step_of_training) {
    constexpr auto slopes = ct::gradient(after_a_step, rate, w);
    const auto at = [](auto what, double r, std::array<double, 2> begin) {
        return ct::evaluate(what, x = inputs, y = targets, x_valid = valid_inputs, y_valid = valid_targets, rate = r, w = begin);
    };
    const double h = 1e-6;
    const std::array<double, 2> begin{0.4, -0.3};
    const double by_rate = (at(after_a_step, 0.7 + h, begin)[0] - at(after_a_step, 0.7 - h, begin)[0]) / (2 * h);
    BOOST_TEST(std::abs(by_rate) > 1e-3);
    BOOST_TEST(std::abs(at(slopes[rate], 0.7, begin)[0] - by_rate) < 1e-8);
    for (int i = 0; i < 2; ++i) {
        std::array<double, 2> up = begin, down = begin;
        up[static_cast<std::size_t>(i)] += h;
        down[static_cast<std::size_t>(i)] -= h;
        const double by_begin = (at(after_a_step, 0.7, up)[0] - at(after_a_step, 0.7, down)[0]) / (2 * h);
        BOOST_TEST(std::abs(by_begin) > 1e-3);
        BOOST_TEST(std::abs(at(slopes[w], 0.7, begin)[i] - by_begin) < 1e-8);
    }
}

BOOST_AUTO_TEST_CASE(what_may_not_occur_is_replaced_if_it_does) {
    static_assert(std::is_same_v<decltype(ct::substitute(a * a, a = b, ct::if_used(w = w * 2_c))), decltype(b * b)>);
    static_assert(std::is_same_v<decltype(ct::substitute(a * a, ct::if_used(a = b))), decltype(b * b)>);
    static_assert(!ct::can_substitute<decltype(a * a), decltype(ct::if_used(w = a))>); // of another shape all the same
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    static_assert(ct::can_substitute<decltype(loss), decltype(w = w * 2_c)>);
    static_assert(ct::can_substitute<decltype(loss), decltype(w = 2_c)>);
    static_assert(!ct::can_substitute<decltype(loss), decltype(a = b)>); // does not occur
    static_assert(!ct::can_substitute<decltype(loss), decltype(w = a)>); // another shape
    static_assert(!ct::can_substitute<decltype(loss), decltype(w = ct::cast<float>(w))>);
    static_assert(!ct::can_substitute<decltype(loss), decltype(w)>);          // no value
    static_assert(!ct::can_substitute<decltype(loss), decltype(w* 2_c = w)>); // no leaf
    static_assert(!ct::can_substitute<decltype(loss), decltype(w = 1_c), decltype(w = 2_c)>);
    static_assert(!ct::can_substitute<decltype(loss)>);
    constexpr auto other = ct::placeholder<"y", double, 2>;
    static_assert(!ct::can_substitute<decltype(loss), decltype(w = other)>); // y has two meanings
}

BOOST_AUTO_TEST_SUITE_END()
