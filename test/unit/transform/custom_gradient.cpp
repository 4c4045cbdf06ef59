// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ops/custom_gradient.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto w = ct::variable<"w", double>;
constexpr auto v = ct::variable<"v", double>;

constexpr auto reversed = ct::custom_gradient([](auto a) { return a; }, [](auto dy, auto, auto) { return -dy; });
constexpr auto straight = ct::custom_gradient([](auto a) { return ct::cast<double>(a > 0_c); }, [](auto dy, auto, auto) { return dy; });
constexpr auto log1pexp =
    ct::custom_gradient([](auto a) { return ct::log(1_c + ct::exp(a)); }, [](auto dy, auto, auto a) { return dy * ct::sigmoid(a); });
constexpr auto product = ct::custom_gradient([](auto a, auto b) { return a * b; },
                                             [](auto dy, auto, auto a, auto b) { return std::pair{dy * b, dy * a * 10_c}; });

double slope(auto of, auto by, double at) { return ct::evaluate(ct::gradient(of, by)[by], w = at, v = 2.0)[0]; }

} // namespace

BOOST_AUTO_TEST_SUITE(transform_custom_gradient)

BOOST_AUTO_TEST_CASE(the_value_is_the_value_and_the_gradient_the_rule) {
    static_assert(ct::evaluate(reversed(w) * w, w = 3.0)[0] == 9);
    static_assert(ct::evaluate(ct::gradient(reversed(w) * w, w)[w], w = 3.0)[0] == 0); // -w + w
    static_assert(ct::evaluate(ct::gradient(straight(w), w)[w], w = 3.0)[0] == 1);
    static_assert(ct::evaluate(ct::gradient(product(w, v), w, v)[v], w = 3.0, v = 2.0)[0] == 30);
    BOOST_TEST(std::abs(slope(log1pexp(w), w, 1.5) - 1 / (1 + std::exp(-1.5))) < 1e-15);
    BOOST_TEST(slope(log1pexp(w), w, 1000) == 1); // where the slope of the value as written is infinite over infinite
}

BOOST_AUTO_TEST_CASE(all_modes_follow_the_rule) {
    static_assert(ct::evaluate(ct::jvp(reversed(w), w = 1_c), w = 3.0)[0] == -1);
    static_assert(ct::evaluate(ct::jvp(product(w, v), w = 1_c, v = 1_c), w = 3.0, v = 2.0)[0] == 2 + 30);
    static_assert(ct::evaluate(ct::jacobian(product(w, v), w, v)[v], w = 3.0, v = 2.0)[0] == 30);
    const double s = 1 / (1 + std::exp(-1.5));
    BOOST_TEST(std::abs(slope(ct::gradient(log1pexp(w), w)[w], w, 1.5) - s * (1 - s)) < 1e-15);
    BOOST_TEST(std::abs(ct::evaluate(ct::hessian(log1pexp(w), w)[w][w], w = 1.5)[0] - s * (1 - s)) < 1e-15);
    BOOST_TEST(std::abs(ct::evaluate(ct::hvp(log1pexp(w), w = 2_c)[w], w = 1.5)[0] - 2 * s * (1 - s)) < 1e-15);
}

// Of two functions with one value the rules differ, and so do the expressions.
BOOST_AUTO_TEST_CASE(rules_are_told_apart_by_what_they_say) {
    constexpr auto twice = ct::custom_gradient([](auto a) { return ct::sin(a); }, [](auto dy, auto, auto) { return dy * 2_c; });
    constexpr auto thrice = ct::custom_gradient([](auto a) { return ct::sin(a); }, [](auto dy, auto, auto) { return dy * 3_c; });
    static_assert(!std::is_same_v<decltype(twice(w)), decltype(thrice(w))>);
    static_assert(ct::evaluate(ct::gradient(twice(w) + thrice(w), w)[w], w = 0.5)[0] == 5);
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    static_assert(ct::takes_custom_gradient<decltype(reversed), decltype(x)>);
    static_assert(!ct::takes_custom_gradient<decltype(product), decltype(x), decltype(w)>); // dy w has the shape of x, and so has dy x
    static_assert(ct::takes_custom_gradient<decltype(product), decltype(v), decltype(w)>);
}

// Of each example its own, through rules on numbers and on vectors, on what has an axis of examples and what has none.
BOOST_AUTO_TEST_CASE(each_example_follows_the_rule) {
    constexpr auto normal =
        ct::custom_gradient([](auto a) { return ct::tanh(a); }, [](auto dy, auto y, auto) { return dy * (1_c - y * y); });
    constexpr auto each = ct::per_example_gradient(normal(x * w) * product(w, v) + x * log1pexp(w), w, v);
    const std::vector<double> data{-1, 0.5, 2};
    const auto by_w = ct::evaluate(each[w], x = data, w = 0.7, v = 2.0), by_v = ct::evaluate(each[v], x = data, w = 0.7, v = 2.0);
    for (int i = 0; i < 3; ++i) {
        const double at = data[static_cast<std::size_t>(i)], t = std::tanh(0.7 * at);
        BOOST_TEST(std::abs(by_w[i] - ((1 - t * t) * at * 1.4 + t * 2 + at / (1 + std::exp(-0.7)))) < 1e-14);
        BOOST_TEST(std::abs(by_v[i] - t * 7) < 1e-14);
    }
}

BOOST_AUTO_TEST_CASE(a_rule_is_compared_with_differences_on_request) {
    const std::vector<double> data{-1, 0.5, 2};
    constexpr auto right = ct::reduce_sum(ct::square(log1pexp(x * w)));
    BOOST_TEST(ct::gradient_error(right, w, x = data, w = 0.7) < 1e-8);
    BOOST_TEST(ct::gradient_error(right, x, x = data, w = 0.7) < 1e-8);
    const double wrong = ct::gradient_error(ct::reduce_sum(reversed(x) * w), x, x = data, w = 0.7); // -0.7 where 0.7 is
    BOOST_TEST(std::abs(wrong - 1.4 / 1.7) < 1e-8);
    BOOST_TEST(ct::gradient_error(product(w, v), w, w = 3.0, v = 2.0) < 1e-8);
    BOOST_TEST(ct::gradient_error(product(w, v), v, w = 3.0, v = 2.0) > 1);
    BOOST_TEST(std::isnan(ct::gradient_error(ct::log(w), w, w = -1.0)));
    BOOST_CHECK_THROW(ct::gradient_error(right, w, x = data), ct::error);
}

BOOST_AUTO_TEST_CASE(a_program_computes_the_value_alone) {
    constexpr auto loss = ct::reduce_sum(log1pexp(x * w));
    constexpr auto g = ct::gradient(loss, w)[w];
    const std::vector<double> data{-1, 0.5, 2};
    const auto [value, by_w] = ct::function{loss, g}(x = data, w = 0.7);
    double expected = 0, of_slope = 0;
    for (const double each : data) {
        expected += std::log(1 + std::exp(0.7 * each));
        of_slope += each / (1 + std::exp(-0.7 * each));
    }
    BOOST_TEST(std::abs(value - expected) < 1e-14);
    BOOST_TEST(std::abs(by_w - of_slope) < 1e-14);
    BOOST_TEST(ct::explain(ct::function{loss}).find("custom_gradient") == std::string::npos);
    const double same = ct::function{reversed(w)}(w = 4.0);
    BOOST_TEST(same == 4);
}

BOOST_AUTO_TEST_SUITE_END()
