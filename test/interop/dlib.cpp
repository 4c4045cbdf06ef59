// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/dlib.hpp>
//
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/objective.hpp>

#include <boost/test/unit_test.hpp>
#include <dlib/optimization.h>

#include <type_traits>

namespace ct = ctgrad;
using namespace ct::literals;
using boost::test_tools::tolerance;

namespace {

constexpr auto q = ct::variable<"q", double, 6>;
constexpr auto later = ct::slice(q, ct::begin<1>, ct::size<5>);
constexpr auto earlier = ct::slice(q, ct::begin<0>, ct::size<5>);
constexpr auto rosenbrock = ct::reduce_sum(100_c * ct::square(later - ct::square(earlier)) + ct::square(1_c - earlier));

} // namespace

BOOST_AUTO_TEST_SUITE(interop_dlib)

BOOST_AUTO_TEST_CASE(lbfgs_with_gradients) {
    const ct::objective f{rosenbrock, ct::packed{q}};
    ct::dlib_vector x = {-1.2, 1, 0.5, 2, 1, 1};
    const double least = dlib::find_min(dlib::lbfgs_search_strategy(6), dlib::gradient_norm_stop_strategy(1e-9), ct::dlib_value(f),
                                        ct::dlib_gradient(f), x, -1);
    BOOST_TEST(least < 1e-15);
    for (const double each : x) BOOST_TEST(each == 1.0, tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(gradients_are_what_dlib_approximates) {
    const ct::objective f{rosenbrock, ct::packed{q}};
    const ct::dlib_vector x = {0.3, -0.2, 0.5, 0.9, 0.1, 0.7};
    const ct::dlib_vector approximate = dlib::derivative(ct::dlib_value(f), 1e-6)(x);
    BOOST_TEST(dlib::max(dlib::abs(approximate - ct::dlib_gradient(f)(x))) < 1e-6);
    ct::dlib_vector slope;
    dlib::matrix<double> second;
    ct::dlib_model(f).get_derivative_and_hessian(x, slope, second);
    BOOST_TEST((slope == ct::dlib_gradient(f)(x)));
    for (long i = 0; i < 6; ++i) {
        ct::dlib_vector above = x, below = x;
        above(i) += 1e-6;
        below(i) -= 1e-6;
        const ct::dlib_vector column = (ct::dlib_gradient(f)(above) - ct::dlib_gradient(f)(below)) / 2e-6;
        BOOST_TEST(dlib::max(dlib::abs(column - dlib::colm(second, i))) < 1e-5);
    }
}

BOOST_AUTO_TEST_CASE(trust_region_with_second_derivatives) {
    const ct::objective f{rosenbrock, ct::packed{q}};
    ct::dlib_vector x = {0.5, 1, 0.5, 2, 1, 1};
    const double least = dlib::find_min_trust_region(dlib::gradient_norm_stop_strategy(1e-9), ct::dlib_model(f), x);
    BOOST_TEST(least < 1e-18);
    for (const double each : x) BOOST_TEST(each == 1.0, tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(what_ends_with_the_line_is_not_referred_to) {
    using objective = decltype(ct::objective(rosenbrock, ct::packed{q}));
    static_assert(!std::is_constructible_v<ct::dlib_value<objective>, objective&&>);
    static_assert(!std::is_constructible_v<ct::dlib_gradient<objective>, objective&&>);
    static_assert(!std::is_constructible_v<ct::dlib_model<objective>, objective&&>);
    static_assert(std::is_constructible_v<ct::dlib_model<objective>, const objective&>);
}

BOOST_AUTO_TEST_SUITE_END()
