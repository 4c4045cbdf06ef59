// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <limits>
#include <vector>

// `where` never lets through what the branch not taken makes of its own derivative, be it infinite or NaN
// (TensorFlow #2540, #38349; JAX #347).

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto x = ct::placeholder<"x", double, 4>;
constexpr auto zero = ct::reduce_sum(x * 0_c);
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

using four = std::array<double, 4>;

template <class E>
std::vector<double> gradient_at(E of, const four& point) {
    const ct::value_list values = ct::evaluate(ct::gradient(ct::reduce_sum(of), x)[x], x = point);
    return {values.begin(), values.end()};
}

template <class E>
std::vector<double> second_gradient_at(E of, const four& point) {
    return gradient_at(ct::gradient(ct::reduce_sum(of), x)[x], point);
}

void check(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws)

BOOST_AUTO_TEST_CASE(where_guards_a_logarithm) {
    constexpr auto guarded = ct::where(x > 0_c, ct::log(x), 0_c);
    check(gradient_at(guarded, {-1, 0, 2, 4}), {0, 0, 0.5, 0.25});
    check(second_gradient_at(guarded, {-1, 0, 2, 4}), {0, 0, -0.25, -0.0625});
}

BOOST_AUTO_TEST_CASE(where_guards_in_the_other_branch) {
    check(gradient_at(ct::where(x <= 0_c, 0_c, ct::log(x)), {-1, 0, 2, 4}), {0, 0, 0.5, 0.25});
}

BOOST_AUTO_TEST_CASE(where_guards_a_square_root_at_0) {
    constexpr auto guarded = ct::where(x > 0_c, ct::sqrt(x), 0_c);
    check(gradient_at(guarded, {-1, 0, 1, 4}), {0, 0, 0.5, 0.25});
    check(second_gradient_at(guarded, {-1, 0, 1, 4}), {0, 0, -0.25, -0.03125});
}

BOOST_AUTO_TEST_CASE(where_guards_a_quotient) {
    check(gradient_at(ct::where(x < 1_c, 1_c, 1_c / (x - 1_c)), {0, 1, 2, 3}), {0, -std::numeric_limits<double>::infinity(), -1, -0.25});
    check(gradient_at(ct::where(x <= 1_c, 1_c, 1_c / (x - 1_c)), {0, 1, 2, 3}), {0, 0, -1, -0.25});
}

BOOST_AUTO_TEST_CASE(where_guards_a_chain) {
    // The derivative of the inner function is infinite, that of the outer one 0, their product NaN.
    constexpr auto guarded = ct::where(x > 0_c, ct::square(ct::sqrt(ct::sqrt(x))), 0_c);
    check(gradient_at(guarded, {-1, 0, 1, 16}), {0, 0, 0.5, 0.125});
}

BOOST_AUTO_TEST_CASE(where_guards_within_where) {
    constexpr auto inner = ct::where(x > 1_c, ct::log(x - 1_c), ct::sqrt(x));
    check(gradient_at(ct::where(x > 0_c, inner, 0_c), {-1, 0, 1, 3}), {0, 0, 0.5, 0.5});
    constexpr auto nested = ct::where(x > 0_c, ct::where(x < 2_c, ct::log(x), 1_c / (x - 2_c)), ct::log(-x));
    check(gradient_at(nested, {-2, 0.5, 1, 4}), {-0.5, 2, 1, -0.25});
}

BOOST_AUTO_TEST_CASE(where_guards_one_of_two_uses) {
    constexpr auto root = ct::sqrt(x);
    check(gradient_at(ct::where(x > 0_c, root, 0_c) + ct::where(x > 2_c, root, x), {-1, 0, 1, 4}), {1, 1, 1.5, 0.5});
}

BOOST_AUTO_TEST_CASE(where_guards_what_is_repeated_or_reduced) {
    constexpr auto total = ct::broadcast_to(ct::log(zero), ct::dims<4>);
    check(gradient_at(ct::where(x > 9_c, total, x), {1, 2, 3, 4}), {1, 1, 1, 1});
    constexpr auto pairs = ct::reduce_sum(ct::log(ct::reshape(x, ct::dims<2, 2>)), ct::axis<1>);
    check(gradient_at(ct::where(ct::reduce_min(ct::reshape(x, ct::dims<2, 2>), ct::axis<1>) > 0_c, pairs, 0_c), {0, 2, 4, 5}),
          {0, 0, 0.25, 0.2});
}

BOOST_AUTO_TEST_CASE(the_value_of_the_branch_not_taken_does_not_matter) {
    const ct::value_list values = ct::evaluate(ct::where(x > 0_c, ct::log(x), -1_c), x = four{no_number, -1, 0, 1});
    check({values.begin(), values.end()}, {-1, -1, -1, 0});
}

BOOST_AUTO_TEST_SUITE_END()
