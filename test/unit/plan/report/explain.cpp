// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/report/explain.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;

/// Compares a plan with `unit/plan/golden/<name>`. After a change that is meant, in the folder test:
/// `../build/g++/test/unit_plan -- --write` writes these files, for git to show the difference.
void expect(const std::string& name, const std::string& plan) {
    const std::string path = "unit/plan/golden/" + name;
    const auto& test = boost::unit_test::framework::master_test_suite();
    if (test.argc > 1 && std::string(test.argv[1]) == "--write") std::ofstream(path) << plan;
    std::ifstream file(path);
    BOOST_REQUIRE_MESSAGE(file.is_open(), path + " is missing");
    BOOST_TEST(plan == std::string(std::istreambuf_iterator<char>(file), {}));
}

constexpr auto line = [] {
    constexpr auto x = ct::placeholder<"x", float, 4, 1>;
    constexpr auto y = ct::placeholder<"y", float, 4, 1>;
    constexpr auto W = ct::variable<"W", float, 1, 1>;
    return ct::minimize(ct::reduce_mean(ct::square(ct::matmul(x, W) - y)), ct::gradient_descent(0.01_c));
}();

template <class E>
constexpr auto classifier(E logits) {
    constexpr auto y = ct::placeholder<"y", float, N, 10>;
    return ct::minimize(ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits)),
                        ct::gradient_descent(0.5_c));
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(plan_of_a_line_is_the_golden_one) { expect("line.txt", ct::explain(line)); }

BOOST_AUTO_TEST_CASE(plan_of_softmax_regression_is_the_golden_one) {
    constexpr auto x = ct::placeholder<"x", float, N, 784>;
    constexpr auto W = ct::variable<"W", float, 784, 10>;
    constexpr auto b = ct::variable<"b", float, 10>;
    const ct::trainer train{classifier(ct::matmul(x, W) + b)};
    expect("softmax_regression.txt", ct::explain(train));
}

BOOST_AUTO_TEST_CASE(plan_of_a_perceptron_is_the_golden_one) {
    constexpr auto x = ct::placeholder<"x", float, N, 20>;
    constexpr auto W1 = ct::variable<"W1", float, 20, 12>;
    constexpr auto b1 = ct::variable<"b1", float, 12>;
    constexpr auto W2 = ct::variable<"W2", float, 12, 10>;
    constexpr auto b2 = ct::variable<"b2", float, 10>;
    expect("perceptron.txt", ct::explain(classifier(ct::matmul(ct::relu(ct::matmul(x, W1) + b1), W2) + b2)));
}

BOOST_AUTO_TEST_CASE(drawing_of_a_line_is_the_golden_one) { expect("line.dot", ct::to_dot(line)); }

BOOST_AUTO_TEST_CASE(drawing_shows_results_that_no_step_computes) {
    constexpr auto z = ct::placeholder<"z", float, N, 3>;
    const ct::function f{z, ct::transpose(z)};
    const std::string drawn = ct::to_dot(f);
    BOOST_TEST(drawn.find("n0 -> r0 [label=\"[N,3]\"]") != std::string::npos);
    BOOST_TEST(drawn.find(" -> r1 [label=") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
