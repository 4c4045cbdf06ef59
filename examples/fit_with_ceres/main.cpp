// SPDX-License-Identifier: BSL-1.0

// Ceres: a growth curve by least squares (NIST's Rat43), the turn and the shift between two clouds of points as two parameter blocks, one
// of them on the manifold of unit quaternions, and a function without squares.

#include "../rat43.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/ceres.hpp>

#include <ceres/ceres.h>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;

namespace growth {

constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto b = ct::variable<"b", double, 4>;
template <int I>
constexpr auto b_at = ct::squeeze(ct::slice(b, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto model = b_at<0> / ct::pow(1_c + ct::exp(b_at<1> - b_at<2> * x), 1_c / b_at<3>);
constexpr auto errors = y - model;

} // namespace growth

namespace clouds {

constexpr auto from = ct::placeholder<"from", double, N, 3>;
constexpr auto to = ct::placeholder<"to", double, N, 3>;
constexpr auto q = ct::variable<"q", double, 4>; // w, x, y, z
constexpr auto shift = ct::variable<"shift", double, 3>;
template <int I>
constexpr auto q_at = ct::slice(q, ct::begin<I>, ct::size<1>); // [1]

// The matrix of a unit quaternion, row by row.
constexpr auto w = q_at<0>;
constexpr auto i = q_at<1>;
constexpr auto j = q_at<2>;
constexpr auto k = q_at<3>;
constexpr auto turn = ct::reshape(ct::concat(ct::axis<0>, //
                                             1_c - 2_c * (j * j + k * k), 2_c * (i * j - w * k), 2_c * (i * k + w * j),
                                             2_c * (i * j + w * k), 1_c - 2_c * (i * i + k * k), 2_c * (j * k - w * i),
                                             2_c * (i * k - w * j), 2_c * (j * k + w * i), 1_c - 2_c * (i * i + j * j)),
                                  ct::dims<3, 3>);
constexpr auto errors = ct::matmul(from, ct::transpose(turn)) + shift - to;

} // namespace clouds

void fit_growth() {
    std::array<double, 4> b = rat43::far;
    ceres::Problem problem;
    const ct::residuals errors{growth::errors, ct::packed{growth::b}, growth::x = rat43::times, growth::y = rat43::weights};
    problem.AddResidualBlock(new ct::ceres_residuals(errors), nullptr, b.data());
    ceres::Solver::Options options;
    options.logging_type = ceres::SILENT;
    options.linear_solver_type = ceres::DENSE_QR;
    options.max_num_iterations = 500;
    options.function_tolerance = 1e-16;
    options.parameter_tolerance = 1e-14;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    std::printf("growth: b = %.6f %.8f %.9f %.8f, sum of squares %.5f\n", b[0], b[1], b[2], b[3], 2 * summary.final_cost);
}

void match_clouds() {
    // `to` is `from` turned by 90 degrees about z, and shifted
    const std::array<double, 15> from{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3};
    const std::array<double, 15> to{1, -2, 0.5, 1, -1, 0.5, 0, -2, 0.5, 1, -2, 1.5, -1, -1, 3.5};
    std::array<double, 4> q{1, 0, 0, 0};
    std::array<double, 3> shift{};
    ceres::Problem problem;
    const ct::residuals errors{clouds::errors, ct::packed{clouds::q, clouds::shift}, clouds::from = from, clouds::to = to};
    problem.AddResidualBlock(new ct::ceres_residuals(errors), nullptr, q.data(), shift.data());
    problem.SetManifold(q.data(), new ceres::QuaternionManifold);
    ceres::Solver::Options options;
    options.logging_type = ceres::SILENT;
    options.linear_solver_type = ceres::DENSE_QR;
    options.function_tolerance = 1e-20;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    std::printf("clouds: cos and sin of half the turn %.6f %.6f, shift %.6f %.6f %.6f, off by less than 1e-9: %s\n", q[0], q[3], shift[0],
                shift[1], shift[2], summary.final_cost < 1e-18 ? "yes" : "no");
}

void descend_valley() {
    constexpr auto p = ct::variable<"p", double, 2>;
    constexpr auto first = ct::slice(p, ct::begin<0>, ct::size<1>);
    constexpr auto second = ct::slice(p, ct::begin<1>, ct::size<1>);
    constexpr auto rosenbrock = ct::reduce_sum(100_c * ct::square(second - ct::square(first)) + ct::square(1_c - first));
    ceres::GradientProblem problem(new ct::ceres_function(ct::objective{rosenbrock, ct::packed{p}}));
    ceres::GradientProblemSolver::Options options;
    options.logging_type = ceres::SILENT;
    options.gradient_tolerance = 1e-12;
    options.function_tolerance = 0;
    std::array<double, 2> x{-1.2, 1};
    ceres::GradientProblemSolver::Summary summary;
    ceres::Solve(options, problem, x.data(), &summary);
    std::printf("valley: %.6f %.6f\n", x[0], x[1]);
}

int main() {
    fit_growth();
    match_clouds();
    descend_valley();
}
