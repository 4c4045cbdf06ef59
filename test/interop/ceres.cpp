// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/ceres.hpp>
//
#include <ctgrad/ctgrad.hpp>

#include "../../examples/rat43.hpp"
#include "growth.hpp"

#include <boost/test/unit_test.hpp>
#include <ceres/ceres.h>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;
using boost::test_tools::tolerance;

namespace {

constexpr auto a = ct::variable<"a", double, 2, 2>;
constexpr auto s = ct::variable<"s", double>;
constexpr auto v = ct::variable<"v", double, 2>;
constexpr auto turned = ct::squeeze(ct::matmul(a, ct::expand_dims(v, ct::axis<1>)), ct::axis<1>); // [2]
constexpr auto three = ct::concat(ct::axis<0>, ct::sin(s* turned), ct::expand_dims(s* s - 2_c, ct::axis<0>));

/// Ceres without words.
ceres::Solver::Options quiet() {
    ceres::Solver::Options options;
    options.logging_type = ceres::SILENT;
    options.linear_solver_type = ceres::DENSE_QR;
    options.max_num_iterations = 500;
    options.function_tolerance = 1e-16;
    options.parameter_tolerance = 1e-14;
    return options;
}

} // namespace

BOOST_AUTO_TEST_SUITE(interop_ceres)

BOOST_AUTO_TEST_CASE(rat43_from_both_starts) {
    const ct::residuals errors{growth::errors, ct::packed{growth::b}, growth::x = rat43::times, growth::y = rat43::weights};
    for (std::array<double, 4> b : {rat43::far, rat43::near}) {
        ceres::Problem problem;
        problem.AddResidualBlock(new ct::ceres_residuals(errors), nullptr, b.data());
        ceres::Solver::Summary summary;
        ceres::Solve(quiet(), &problem, &summary);
        BOOST_TEST(2 * summary.final_cost == rat43::certified_squares, tolerance(1e-9));
        for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(b[i] == rat43::certified[i], tolerance(1e-7));
    }
}

// Not by ceres::GradientChecker: it gives back matrices of Eigen, which are freed in another way where this unit has wider vectors than
// the library (-march=native).
BOOST_AUTO_TEST_CASE(derivatives_by_several_blocks_are_differences) {
    const ct::ceres_residuals cost{ct::residuals{three, ct::packed{a, s, v}}};
    BOOST_TEST((cost.num_residuals() == 3 && cost.parameter_block_sizes() == std::vector<int>{4, 1, 2}));
    std::vector<std::vector<double>> at{{0.3, -0.5, 0.7, 0.2}, {1.3}, {0.4, 0.9}};
    const auto value = [&](double** jacobians) {
        const double* const blocks[] = {at[0].data(), at[1].data(), at[2].data()};
        std::array<double, 3> into{};
        BOOST_TEST(cost.Evaluate(blocks, into.data(), jacobians));
        return into;
    };
    std::vector<std::vector<double>> jacobian{std::vector<double>(12), std::vector<double>(3), std::vector<double>(6)};
    double* all[] = {jacobian[0].data(), jacobian[1].data(), jacobian[2].data()};
    value(all);
    for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t j = 0; j < at[k].size(); ++j) {
            const double here = at[k][j];
            at[k][j] = here + 1e-6;
            const auto above = value(nullptr);
            at[k][j] = here - 1e-6;
            const auto below = value(nullptr);
            at[k][j] = here;
            for (std::size_t i = 0; i < 3; ++i)
                BOOST_TEST(std::abs(jacobian[k][i * at[k].size() + j] - (above[i] - below[i]) / 2e-6) < 1e-8);
        }
}

BOOST_AUTO_TEST_CASE(constant_blocks_have_no_derivatives) {
    const ct::ceres_residuals cost{ct::residuals{three, ct::packed{a, s, v}}};
    const std::array<double, 4> matrix{0.3, -0.5, 0.7, 0.2};
    const double scale = 1.3;
    const std::array<double, 2> vector{0.4, 0.9};
    const double* const at[] = {matrix.data(), &scale, vector.data()};
    std::array<double, 3> value{}, alone{}, of_s{}, again{};
    std::array<double, 12> of_a{};
    std::array<double, 6> of_v{};
    double* all[] = {of_a.data(), of_s.data(), of_v.data()};
    double* one[] = {nullptr, again.data(), nullptr};
    BOOST_TEST((cost.Evaluate(at, value.data(), all) && cost.Evaluate(at, alone.data(), one)));
    BOOST_TEST((value == alone && of_s == again));
    alone = {};
    BOOST_TEST(cost.Evaluate(at, alone.data(), nullptr));
    BOOST_TEST(value == alone);
}

BOOST_AUTO_TEST_CASE(a_function_without_squares) {
    constexpr auto first = ct::slice(v, ct::begin<0>, ct::size<1>);
    constexpr auto second = ct::slice(v, ct::begin<1>, ct::size<1>);
    constexpr auto rosenbrock = ct::reduce_sum(100_c * ct::square(second - ct::square(first)) + ct::square(1_c - first));
    const ceres::GradientProblem problem(new ct::ceres_function(ct::objective{rosenbrock, ct::packed{v}}));
    ceres::GradientProblemSolver::Options options;
    options.logging_type = ceres::SILENT;
    options.gradient_tolerance = 1e-12;
    options.function_tolerance = 0;
    std::array<double, 2> x{-1.2, 1};
    ceres::GradientProblemSolver::Summary summary;
    ceres::Solve(options, problem, x.data(), &summary);
    BOOST_TEST(x[0] == 1.0, tolerance(1e-9));
    BOOST_TEST(x[1] == 1.0, tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_value_that_is_not_finite_is_a_step_that_failed) {
    const ct::ceres_function f{ct::objective{ct::log(s), ct::packed{s}}};
    double x = -1, value = 0;
    BOOST_TEST(!f.Evaluate(&x, &value, nullptr));
    x = 1;
    BOOST_TEST(f.Evaluate(&x, &value, nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
