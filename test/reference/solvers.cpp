// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py. Those here need the solvers of other libraries.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/ceres.hpp>
#include <ctgrad/interop/dlib.hpp>
#include <ctgrad/interop/eigen.hpp>
#include <ctgrad/interop/ipopt.hpp>
#include <ctgrad/interop/ipopt_newton.hpp>
#include <ctgrad/interop/ipopt_sparse.hpp>
#include <ctgrad/interop/nlopt.hpp>

#include <IpIpoptApplication.hpp>
#include <ceres/ceres.h>
#include <dlib/optimization.h>

#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

// What stands in all examples below: the point of the parabola that is next to another one, and next to it within a circle.
constexpr auto p = ct::variable<"p", double, 2>;
constexpr auto target = ct::placeholder<"target", double, 2>;
constexpr auto first = ct::slice(p, ct::begin<0>, ct::size<1>);
constexpr auto second = ct::slice(p, ct::begin<1>, ct::size<1>);
constexpr auto distance = ct::reduce_sum(ct::square(p - target));

bool solvers() {
    bool good = true;
    const std::vector<double> to{1.0, 2.0};
    const ct::objective f{distance, ct::packed{p}, target = to};
    const ct::objective parabola{ct::reduce_sum(second - ct::square(first)), ct::packed{p}};
    const ct::residuals circle{ct::square(first) + ct::square(second) - 1_c, ct::packed{p}};

    // `set_min_objective`, `add_equality_constraint`, `add_inequality_constraint`, `nlopt_function`, `nlopt_functions`
    nlopt::opt slsqp(nlopt::LD_SLSQP, 2);
    ct::set_min_objective(slsqp, f);
    ct::add_equality_constraint(slsqp, parabola);
    ct::add_inequality_constraint(slsqp, circle);
    slsqp.set_xtol_rel(1e-9);
    std::vector<double> at{0.5, 0.5};
    double least = 0;
    slsqp.optimize(at, least);
    good = good && std::abs(at[0] * at[0] + at[1] * at[1] - 1) < 1e-6;

    // `dlib_vector`, `dlib_value`, `dlib_gradient`
    ct::dlib_vector x = {0, 0};
    dlib::find_min(dlib::lbfgs_search_strategy(5), dlib::gradient_norm_stop_strategy(1e-9), ct::dlib_value(f), ct::dlib_gradient(f), x, -1);
    good = good && std::abs(x(1) - 2) < 1e-6;

    // `dlib_model`
    x = {0, 0};
    dlib::find_min_trust_region(dlib::gradient_norm_stop_strategy(1e-9), ct::dlib_model(f), x);
    good = good && std::abs(x(1) - 2) < 1e-6;

    // `ceres_function`
    const ceres::GradientProblem problem(new ct::ceres_function(f));
    ceres::GradientProblemSolver::Options options;
    options.logging_type = ceres::SILENT;
    ceres::GradientProblemSolver::Summary summary;
    std::vector<double> q{0.0, 0.0};
    ceres::Solve(options, problem, q.data(), &summary);
    good = good && std::abs(q[1] - 2) < 1e-6;

    // `ceres_residuals`
    const ct::residuals misses{p - target, ct::packed{p}, target = to};
    ceres::Problem squares;
    squares.AddResidualBlock(new ct::ceres_residuals(misses), new ceres::HuberLoss(0.1), q.data());
    good = good && squares.NumResiduals() == 2;

    // `ipopt_problem`, `no_constraints`
    const Ipopt::SmartPtr nearest = new ct::ipopt_problem(f);
    nearest->upper = {0.5, 2e19};
    const Ipopt::SmartPtr<Ipopt::IpoptApplication> ipopt = new Ipopt::IpoptApplication;
    ipopt->Options()->SetIntegerValue("print_level", 0);
    ipopt->Options()->SetStringValue("hessian_approximation", "limited-memory");
    ipopt->Initialize();
    ipopt->OptimizeTNLP(GetRawPtr(nearest));
    good = good && std::abs(nearest->x[0] - 0.5) < 1e-6;

    // `ipopt_newton_problem`
    const Ipopt::SmartPtr within = new ct::ipopt_newton_problem(f, circle);
    within->constraint_lower = {-2e19};
    ipopt->Options()->SetStringValue("hessian_approximation", "exact");
    ipopt->Initialize();
    ipopt->OptimizeTNLP(GetRawPtr(within));
    good = good && std::abs(within->x[1] / within->x[0] - 2) < 1e-6 && within->multipliers.size() == 1;

    // `ipopt_sparse_problem`
    const Ipopt::SmartPtr sparse = new ct::ipopt_sparse_problem(distance, ct::square(first) + ct::square(second) - 1_c, p, target = to);
    sparse->constraint_lower = {-2e19};
    ipopt->OptimizeTNLP(GetRawPtr(sparse));
    good = good && std::abs(sparse->x[1] / sparse->x[0] - 2) < 1e-6 && sparse->hessian_nnz() == 2;

    // `eigen_residuals`
    ct::eigen_residuals functor(misses);
    Eigen::LevenbergMarquardt marquardt(functor);
    Eigen::VectorXd found = Eigen::Vector2d(0, 0);
    marquardt.minimize(found);
    good = good && std::abs(found[1] - 2) < 1e-6;

    return good;
}
