// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/nlopt.hpp>
//
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include "hock_schittkowski.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;
namespace hs71 = hock_schittkowski;
using boost::test_tools::tolerance;

template <class F>
concept is_taken = requires(nlopt::opt& solver, F&& f) {
    ct::set_min_objective(solver, std::forward<F>(f));
    ct::add_equality_constraint(solver, std::forward<F>(f));
    ct::add_inequality_constraint(solver, std::forward<F>(f));
};

BOOST_AUTO_TEST_SUITE(interop_nlopt)

BOOST_AUTO_TEST_CASE(lbfgs_finds_the_valley) {
    constexpr auto q = ct::variable<"q", double, 2>;
    constexpr auto q0 = ct::slice(q, ct::begin<0>, ct::size<1>);
    constexpr auto q1 = ct::slice(q, ct::begin<1>, ct::size<1>);
    const ct::objective rosenbrock{ct::reduce_sum(100_c * ct::square(q1 - ct::square(q0)) + ct::square(1_c - q0)), ct::packed{q}};
    nlopt::opt solver(nlopt::LD_LBFGS, 2);
    ct::set_min_objective(solver, rosenbrock);
    solver.set_xtol_rel(1e-12);
    std::vector<double> x{-1.2, 1};
    double least = 1;
    solver.optimize(x, least);
    BOOST_TEST(least < 1e-16);
    BOOST_TEST(x[0] == 1.0, tolerance(1e-7));
    BOOST_TEST(x[1] == 1.0, tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(slsqp_with_an_equality_and_an_inequality) {
    const ct::objective cost{hs71::cost, ct::packed{hs71::x}};
    const ct::objective square{hs71::squares - 40_c, ct::packed{hs71::x}};
    const ct::objective product{25_c - hs71::product, ct::packed{hs71::x}};
    nlopt::opt solver(nlopt::LD_SLSQP, 4);
    ct::set_min_objective(solver, cost);
    ct::add_equality_constraint(solver, square);
    ct::add_inequality_constraint(solver, product);
    solver.set_lower_bounds(1);
    solver.set_upper_bounds(5);
    solver.set_xtol_rel(1e-10);
    std::vector<double> x(hs71::start.begin(), hs71::start.end());
    double least = 0;
    solver.optimize(x, least);
    BOOST_TEST(least == hs71::least, tolerance(1e-7));
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(x[i] == hs71::solution[i], tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(several_constraints_at_once) {
    // the second one holds anyway
    constexpr auto both =
        ct::concat(ct::axis<0>, ct::expand_dims(25_c - hs71::product, ct::axis<0>), ct::expand_dims(hs71::squares - 50_c, ct::axis<0>));
    constexpr auto square = ct::expand_dims(hs71::squares - 40_c, ct::axis<0>);
    const ct::objective cost{hs71::cost, ct::packed{hs71::x}};
    const ct::residuals below{both, ct::packed{hs71::x}};
    const ct::residuals same{square, ct::packed{hs71::x}};
    nlopt::opt solver(nlopt::LD_SLSQP, 4);
    ct::set_min_objective(solver, cost);
    ct::add_inequality_constraint(solver, below);
    ct::add_equality_constraint(solver, same);
    solver.set_lower_bounds(1);
    solver.set_upper_bounds(5);
    solver.set_xtol_rel(1e-10);
    std::vector<double> x(hs71::start.begin(), hs71::start.end());
    double least = 0;
    solver.optimize(x, least);
    BOOST_TEST(least == hs71::least, tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(another_number_of_variables_is_an_error) {
    const ct::objective cost{hs71::cost, ct::packed{hs71::x}};
    nlopt::opt solver(nlopt::LD_SLSQP, 3);
    BOOST_CHECK_THROW(ct::set_min_objective(solver, cost), ct::error);
    using objective = std::remove_const_t<decltype(cost)>;
    static_assert(is_taken<objective&> && !is_taken<objective>); // it must outlive the solver
}

BOOST_AUTO_TEST_SUITE_END()
