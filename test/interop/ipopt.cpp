// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/ipopt.hpp>
//
#include <ctgrad/interop/ipopt_newton.hpp>
#include <ctgrad/interop/ipopt_sparse.hpp>
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include "hock_schittkowski.hpp"

#include <IpIpoptApplication.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;
namespace hs71 = hock_schittkowski;
using boost::test_tools::tolerance;

namespace {

constexpr auto both = ct::concat(ct::axis<0>, ct::expand_dims(hs71::product, ct::axis<0>), ct::expand_dims(hs71::squares, ct::axis<0>));

/// Ipopt without words.
Ipopt::ApplicationReturnStatus solve(Ipopt::TNLP& problem, const std::string& hessian) {
    const Ipopt::SmartPtr<Ipopt::IpoptApplication> solver = new Ipopt::IpoptApplication;
    solver->Options()->SetIntegerValue("print_level", 0);
    solver->Options()->SetStringValue("sb", "yes");
    solver->Options()->SetNumericValue("tol", 1e-10);
    solver->Options()->SetStringValue("hessian_approximation", hessian);
    BOOST_TEST_REQUIRE(solver->Initialize() == Ipopt::Solve_Succeeded);
    return solver->OptimizeTNLP(&problem);
}

template <class Problem>
void check_hs71(Problem* made, const std::string& hessian) {
    const Ipopt::SmartPtr<Problem> problem = made;
    problem->start.assign(hs71::start.begin(), hs71::start.end());
    problem->lower.assign(4, 1);
    problem->upper.assign(4, 5);
    problem->constraint_lower = {25, 40};
    problem->constraint_upper = {2e19, 40};
    BOOST_TEST(solve(*problem, hessian) == Ipopt::Solve_Succeeded);
    BOOST_TEST(problem->status == Ipopt::SUCCESS);
    BOOST_TEST(problem->value == hs71::least, tolerance(1e-7));
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(problem->x[i] == hs71::solution[i], tolerance(1e-6));
    BOOST_TEST(problem->multipliers.size() == 2);
}

} // namespace

BOOST_AUTO_TEST_SUITE(interop_ipopt)

BOOST_AUTO_TEST_CASE(interior_points_with_approximate_second_derivatives) {
    const ct::objective f{hs71::cost, ct::packed{hs71::x}};
    const ct::residuals g{both, ct::packed{hs71::x}};
    check_hs71(new ct::ipopt_problem(f, g), "limited-memory");
}

BOOST_AUTO_TEST_CASE(interior_points_with_exact_second_derivatives) {
    const ct::objective f{hs71::cost, ct::packed{hs71::x}};
    const ct::residuals g{both, ct::packed{hs71::x}};
    check_hs71(new ct::ipopt_newton_problem(f, g), "exact");
}

BOOST_AUTO_TEST_CASE(second_derivatives_are_differences_of_first_ones) {
    const ct::objective f{hs71::cost, ct::packed{hs71::x}};
    const ct::residuals g{both, ct::packed{hs71::x}};
    const Ipopt::SmartPtr problem = new ct::ipopt_newton_problem(f, g);
    const std::vector<double> at{1.1, 2.3, 0.7, 1.9}, lambda{0.4, -1.2};
    std::vector<double> second(10);
    BOOST_TEST(problem->eval_h(4, at.data(), true, 0.5, 2, lambda.data(), true, 10, nullptr, nullptr, second.data()));
    std::vector<int> row(10), column(10);
    BOOST_TEST(problem->eval_h(4, nullptr, true, 0, 2, nullptr, true, 10, row.data(), column.data(), nullptr));
    const auto slope = [&](std::vector<double> x, int changed, double by, int wanted) {
        x[static_cast<std::size_t>(changed)] += by;
        std::vector<double> gradient(4), jacobian(8);
        BOOST_TEST(problem->eval_grad_f(4, x.data(), true, gradient.data()));
        BOOST_TEST(problem->eval_jac_g(4, x.data(), true, 2, 8, nullptr, nullptr, jacobian.data()));
        const auto i = static_cast<std::size_t>(wanted);
        return 0.5 * gradient[i] + lambda[0] * jacobian[i] + lambda[1] * jacobian[4 + i];
    };
    for (std::size_t k = 0; k < 10; ++k) {
        BOOST_TEST((row[k] >= column[k] && row[k] * (row[k] + 1) / 2 + column[k] == static_cast<int>(k)));
        const double difference = (slope(at, row[k], 1e-5, column[k]) - slope(at, row[k], -1e-5, column[k])) / 2e-5;
        BOOST_TEST(std::abs(second[k] - difference) < 1e-7);
    }
}

BOOST_AUTO_TEST_CASE(no_constraints_at_all) {
    const ct::objective f{ct::reduce_sum(ct::square(ct::square(hs71::x) - 4_c)), ct::packed{hs71::x}};
    const Ipopt::SmartPtr problem = new ct::ipopt_newton_problem(f);
    problem->start.assign(4, 1);
    BOOST_TEST(solve(*problem, "exact") == Ipopt::Solve_Succeeded);
    for (const double each : problem->x) BOOST_TEST(each == 2.0, tolerance(1e-8));
}

BOOST_AUTO_TEST_CASE(other_variables_are_an_error) {
    constexpr auto z = ct::variable<"z", double, 2>;
    const ct::objective f{hs71::cost, ct::packed{hs71::x}};
    const ct::residuals g{ct::square(z), ct::packed{z}};
    BOOST_CHECK_THROW(ct::ipopt_problem(f, g), ct::error);
}

BOOST_AUTO_TEST_CASE(a_small_problem_by_its_structure) { check_hs71(new ct::ipopt_sparse_problem(hs71::cost, both, hs71::x), "exact"); }

// Problem 1 of L. Luksan, J. Vlcek, Sparse and Partially Separable Test Problems (1999), with a weight that is fed: a chain of 2,000.
BOOST_AUTO_TEST_CASE(a_long_chain_by_its_structure) {
    constexpr int n = 2000;
    constexpr auto q = ct::variable<"q", double, n>;
    constexpr auto weight = ct::placeholder<"weight", double>;
    constexpr auto a = ct::slice(q, ct::begin<0>, ct::size<n - 2>);
    constexpr auto b = ct::slice(q, ct::begin<1>, ct::size<n - 2>);
    constexpr auto c = ct::slice(q, ct::begin<2>, ct::size<n - 2>);
    constexpr auto first = ct::slice(q, ct::begin<0>, ct::size<n - 1>);
    constexpr auto second = ct::slice(q, ct::begin<1>, ct::size<n - 1>);
    constexpr auto loss = weight * ct::reduce_sum(100_c * ct::square(ct::square(first) - second) + ct::square(first - 1_c));
    constexpr auto constraints = 3_c * b * b * b + 2_c * c - 5_c + ct::sin(b - c) * ct::sin(b + c) + 4_c * b - a * ct::exp(a - b) - 3_c;
    const std::vector<double> weights{1.0};
    using problem_type = decltype(ct::ipopt_sparse_problem(loss, constraints, q, weight = weights));
    static_assert(problem_type::jacobian_nnz == 3 * (n - 2));
    const Ipopt::SmartPtr<problem_type> problem = new problem_type(loss, constraints, q, weight = weights);
    BOOST_TEST(problem->hessian_nnz() == n + (n - 1)); // no constraint joins an element and the one after the next
    for (std::size_t i = 0; i < n; ++i) problem->start[i] = i % 2 == 0 ? -1.2 : 1;
    BOOST_TEST(solve(*problem, "exact") == Ipopt::Solve_Succeeded);
    std::vector<double> left(n - 2);
    problem->eval_g(n, problem->x.data(), true, n - 2, left.data());
    for (const double each : left) BOOST_REQUIRE(std::abs(each) < 1e-8);
    // Where it is least, the gradient of the Lagrangian is 0.
    std::vector<double> slope(n), jacobian(3 * (n - 2));
    std::vector<int> row(jacobian.size()), column(jacobian.size());
    problem->eval_grad_f(n, problem->x.data(), true, slope.data());
    problem->eval_jac_g(n, nullptr, true, n - 2, 0, row.data(), column.data(), nullptr);
    problem->eval_jac_g(n, problem->x.data(), true, n - 2, 0, nullptr, nullptr, jacobian.data());
    for (std::size_t k = 0; k < jacobian.size(); ++k)
        slope[static_cast<std::size_t>(column[k])] += problem->multipliers[static_cast<std::size_t>(row[k])] * jacobian[k];
    for (const double each : slope) BOOST_REQUIRE(std::abs(each) < 1e-6);
}

BOOST_AUTO_TEST_SUITE_END()
