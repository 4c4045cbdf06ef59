// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/simplify.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/nn/activations/softmax.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform/gradient.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto row = ct::placeholder<"row", float, N>;
constexpr auto s = ct::scalar<"s", float>;

/// The simplified program, without the lines of leaves.
template <class E>
std::string simplified(E) {
    ct::builder made(ct::simplify);
    ct::list<ct::ref> roots;
    roots.push_back(made.import(E::root()));
    const ct::draft_graph out = ct::extract(made, roots);
    BOOST_TEST(ct::verify(out.view()));
    std::string text;
    for (int i = 0; i < out.nodes.size(); ++i)
        if (out.nodes[i].op->kind != ct::op_kind::leaf) text += ct::to_string(out.nodes[i], i) + "\n";
    return text.empty() ? std::string(out.nodes[out.roots[0]].name->text) : text;
}
} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(neutral_numbers_vanish) {
    BOOST_TEST(simplified(x + 0_c) == "x");
    BOOST_TEST(simplified(0_c + x) == "x");
    BOOST_TEST(simplified(x - 0_c) == "x");
    BOOST_TEST(simplified(1_c * x) == "x");
    BOOST_TEST(simplified(x / 1_c) == "x");
    BOOST_TEST(simplified(ct::pow(x, 1_c)) == "x");
    BOOST_TEST(simplified(0_c * x) != "%0 = constant 0 float32[N,2]\n"); // NaN for what is infinite or NaN
    BOOST_TEST(simplified(0_c * ct::cast<float>(x > y)) == "%0 = constant 0 float32[N,2]\n");
}

BOOST_AUTO_TEST_CASE(signs_move_outward_and_meet) {
    BOOST_TEST(simplified(-(-x)) == "x");
    BOOST_TEST(simplified(x - (-y)) == "%2 = add(%0, %1) float32[N,2]\n");
    BOOST_TEST(simplified(-x + y) == "%2 = subtract(%0, %1) float32[N,2]\n");
    BOOST_TEST(simplified(-(x - y)) == "%2 = subtract(%0, %1) float32[N,2]\n");
    BOOST_TEST(simplified(-x * -y) == "%2 = multiply(%0, %1) float32[N,2]\n");
    BOOST_TEST(simplified(-(2_c * x * y)) == "%2 = constant -2 float32[N,2]\n%3 = multiply(%1, %2) float32[N,2]\n"
                                             "%4 = multiply(%0, %3) float32[N,2]\n");
    BOOST_TEST(simplified(-x / y) == "%2 = divide(%0, %1) float32[N,2]\n%3 = negative(%2) float32[N,2]\n");
    BOOST_TEST(simplified(y - x * -s) == "%3 = view[-1,-1](%2) float32[N,2]\n%4 = multiply(%1, %3) float32[N,2]\n"
                                         "%5 = add(%0, %4) float32[N,2]\n");
}

BOOST_AUTO_TEST_CASE(views_of_views_are_one_view) {
    BOOST_TEST(simplified(ct::transpose(ct::transpose(x))) == "x");
    BOOST_TEST(simplified(ct::squeeze(ct::expand_dims(x, ct::axis<1>))) == "x");
    BOOST_TEST(simplified(ct::transpose(ct::expand_dims(row, ct::axis<1>))) == "%1 = view[-1,0](%0) float32[1,N]\n");
    BOOST_TEST(simplified(ct::reshape(ct::reshape(x, ct::dims<2, N>), ct::dims<N, 2>)) == "x");
}

BOOST_AUTO_TEST_CASE(what_is_repeated_is_done_once) {
    BOOST_TEST(simplified(ct::broadcast_to(ct::exp(ct::broadcast_to(s, ct::dims<2>)), ct::dims<N, 2>)) ==
               "%1 = exp(%0) float32[]\n%2 = view[-1,-1](%1) float32[N,2]\n");
}

BOOST_AUTO_TEST_CASE(a_sum_of_what_is_repeated_is_a_product) {
    BOOST_TEST(simplified(ct::reduce_sum(ct::broadcast_to(s, ct::dims<4>))) ==
               "%1 = constant 4 float32[]\n%2 = multiply(%0, %1) float32[]\n");
    // a sum over a named axis may be of nothing, and is 0 then
    BOOST_TEST(simplified(ct::reduce_sum(ct::broadcast_to(s, ct::dims<N>))) ==
               "%1 = size N float32[]\n%2 = multiply_no_nan(%0, %1) float32[]\n");
    BOOST_TEST(simplified(ct::reduce_sum(-x, ct::axis<1>)) == "%1 = reduce_sum[2](%0) float32[N]\n%2 = negative(%1) float32[N]\n");
}

BOOST_AUTO_TEST_CASE(a_common_number_is_taken_out_where_sums_get_smaller) {
    BOOST_TEST(simplified(2_c * x + 2_c * y) == "%0 = constant 2 float32[N,2]\n%3 = add(%1, %2) float32[N,2]\n"
                                                "%4 = multiply(%0, %3) float32[N,2]\n");
    BOOST_TEST(simplified(0.5_c * x + 0.5_c * y) != simplified(0.5_c * (x + y)));
    BOOST_TEST(simplified(x * s - y * s) != simplified((x - y) * s));
}

BOOST_AUTO_TEST_CASE(numbers_leave_sums_that_get_smaller) {
    BOOST_TEST(simplified(ct::reduce_sum(x * y * 3_c)) == "%2 = multiply(%0, %1) float32[N,2]\n%3 = reduce_sum[3](%2) float32[]\n"
                                                          "%4 = constant 3 float32[]\n%5 = multiply(%3, %4) float32[]\n");
    BOOST_TEST(simplified(ct::reduce_sum(ct::where(x > y, x * 3_c, 0_c)) * 2_c).find("constant 6 float32[]") != std::string::npos);
    // what is clipped cannot overflow
    BOOST_TEST(simplified(ct::reduce_sum(ct::clip_by_value(x, -1_c, 1_c) * 0.5_c)) ==
               simplified(ct::reduce_sum(ct::clip_by_value(x, -1_c, 1_c)) * 0.5_c));
}

BOOST_AUTO_TEST_CASE(factors_stay_in_sums_that_would_leave_the_range_without) {
    BOOST_TEST(simplified(ct::reduce_sum(x * 0.25_c)) != simplified(ct::reduce_sum(x) * 0.25_c));
    BOOST_TEST(simplified(ct::reduce_sum(x * (y * 3_c))) != simplified(ct::reduce_sum(x * y) * 3_c)); // x y might underflow
    BOOST_TEST(simplified(ct::reduce_sum(x / s)) != simplified(ct::reduce_sum(x) / s));
    BOOST_TEST(simplified(ct::reduce_sum(x * s)) != simplified(ct::reduce_sum(x) * s));
}

BOOST_AUTO_TEST_CASE(a_number_waits_on_the_data_of_a_short_sum) {
    constexpr auto a = ct::placeholder<"a", float, 4>;
    constexpr auto w = ct::variable<"w", float, 4>;
    BOOST_TEST(simplified(0.5_c * ct::reduce_sum(a * w)) == "%2 = constant 0.5 float32[4]\n%3 = multiply(%1, %2) float32[4]\n"
                                                            "%4 = multiply(%0, %3) float32[4]\n%5 = reduce_sum[1](%4) float32[]\n");
    BOOST_TEST(simplified(1e-4_c * ct::reduce_sum(a * w)).find("constant 0.0001 float32[]") != std::string::npos); // it would take digits
    BOOST_TEST(simplified(0.5_c * ct::reduce_sum(w * w)).find("constant 0.5 float32[]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(numbers_meet) {
    BOOST_TEST(simplified(x * 6_c / 3_c) == simplified(x * 2_c));
    BOOST_TEST(simplified(6_c * (x / 3_c)) == simplified(x * 2_c));
    BOOST_TEST(simplified(2_c * (3_c / x)) == simplified(6_c / x));
    BOOST_TEST(simplified(x * 1e30_c / 1e-30_c).find("divide") != std::string::npos); // too large for one number
}

BOOST_AUTO_TEST_CASE(a_division_by_a_power_of_two_is_a_product) {
    BOOST_TEST(simplified(x / 4_c) == "%1 = constant 0.25 float32[N,2]\n%2 = multiply(%0, %1) float32[N,2]\n");
    BOOST_TEST(simplified(x / 3_c).find("divide") != std::string::npos); // it would not be exact
}

BOOST_AUTO_TEST_CASE(a_common_factor_of_both_branches_is_taken_out) {
    BOOST_TEST(simplified(ct::where(x > y, x * s, s * y)).find("where(%4, %2, %3) float32[N,2]\n%6 = multiply(%1, %5)") !=
               std::string::npos);
    BOOST_TEST(simplified(ct::where(x > y, 3_c * x, 3_c * y)) ==
               "%0 = constant 3 float32[N,2]\n%3 = greater(%1, %2) bool[N,2]\n"
               "%4 = where(%3, %1, %2) float32[N,2]\n%5 = multiply(%0, %4) float32[N,2]\n");
}

BOOST_AUTO_TEST_CASE(numbers_are_computed) {
    BOOST_TEST(simplified(ct::exp(ct::broadcast_to(0_c, ct::dims<2>)) * 3_c) == "%0 = constant 3 float32[2]\n");
}

BOOST_AUTO_TEST_CASE(powers_with_small_exponents_are_simple) {
    BOOST_TEST(simplified(ct::pow(x, 2_c)) == "%1 = square(%0) float32[N,2]\n");
    BOOST_TEST(simplified(ct::pow(x, 0_c)) == "%0 = constant 1 float32[N,2]\n");
}

BOOST_AUTO_TEST_CASE(a_choice_between_equals_is_none) {
    BOOST_TEST(simplified(ct::where(x > 0_c, y, y)) == "y");
    BOOST_TEST(simplified(!!(x > y)) == "%2 = greater(%0, %1) bool[N,2]\n");
}

BOOST_AUTO_TEST_CASE(a_linear_choice_with_bounds_is_a_clip) {
    constexpr auto small = ct::abs(x) <= 2_c;
    BOOST_TEST(simplified(ct::where(small, x, 2_c * ct::sign(x))) == simplified(ct::clip_by_value(x, -2_c, 2_c)));
    BOOST_TEST(simplified(ct::where(small, 3_c * x, 6_c * ct::sign(x))).find("where") == std::string::npos);
    BOOST_TEST(simplified(ct::where(small, x, 3_c * ct::sign(x))).find("where") != std::string::npos);
    BOOST_TEST(simplified(ct::where(small, y, 2_c * ct::sign(x))).find("where") != std::string::npos);
    // so is the derivative of Huber's loss
    constexpr auto huber = ct::where(small, 0.5_c * ct::square(x), 2_c * ct::abs(x) - 2_c);
    BOOST_TEST(simplified(ct::gradient(ct::reduce_mean(huber), x)[x]).find("sign") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_logarithm_of_a_power_or_a_sigmoid_needs_none) {
    BOOST_TEST(simplified(ct::log(ct::exp(x) / y)).find("exp") != std::string::npos); // y may be as large, and the digits of x be needed
    constexpr auto powers = ct::exp(x);
    BOOST_TEST(simplified(ct::log(powers / ct::reduce_sum(powers, ct::axis<1>, ct::keepdims))) == simplified(ct::log_softmax(x)));
    BOOST_TEST(simplified(ct::log(ct::exp(x))) == simplified(x));
    BOOST_TEST(simplified(ct::log(ct::sigmoid(x))) == simplified(-ct::softplus(-x)));
    BOOST_TEST(simplified(ct::log(1_c - ct::sigmoid(x))) == simplified(-ct::softplus(x)));
    BOOST_TEST(simplified(ct::log(ct::softmax(x))) == simplified(ct::log_softmax(x)));
}

BOOST_AUTO_TEST_CASE(commuted_operands_make_one_node) {
    BOOST_TEST(simplified(ct::square(x * y - y * x)).find("multiply(%0, %1)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sum_of_a_product_needs_no_product) {
    constexpr auto a = ct::placeholder<"a", float, N, 7>;
    constexpr auto b = ct::placeholder<"b", float, 7, 5>;
    BOOST_TEST(simplified(ct::reduce_sum(ct::matmul(a, b))).find("matmul") == std::string::npos);
    // in double, since sums of one operand might overflow where those of the product do not
    BOOST_TEST(simplified(ct::reduce_sum(ct::matmul(a, b), ct::axis<0>)).find("float64[1,5]") != std::string::npos);
    BOOST_TEST(simplified(ct::reduce_sum(ct::matmul(a, b), ct::axis<1>)).find("float64[N,1]") != std::string::npos);
    // and neither does its gradient, whose products have repeated operands
    BOOST_TEST(simplified(ct::gradient(ct::reduce_sum(ct::matmul(a, b)), a)[a]).find("matmul") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(products_stay_as_they_are_written) {
    constexpr auto a = ct::placeholder<"a", float, N, 100>;
    constexpr auto b = ct::placeholder<"b", float, 100, 3>;
    constexpr auto c = ct::placeholder<"c", float, 3, 2>;
    BOOST_TEST(simplified(ct::matmul(a / 8_c, b)) != simplified(ct::matmul(a, b) / 8_c));
    BOOST_TEST(simplified(ct::matmul(ct::matmul(a, b), c)) != simplified(ct::matmul(a, ct::matmul(b, c))));
}

BOOST_AUTO_TEST_SUITE_END()
