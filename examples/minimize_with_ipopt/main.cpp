// SPDX-License-Identifier: BSL-1.0

// A tank of given volume from the least sheet by Ipopt: a cylinder with a cone for a roof. Exact second derivatives, and those that Ipopt
// approximates.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/ipopt.hpp>
#include <ctgrad/interop/ipopt_newton.hpp>
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <IpIpoptApplication.hpp>

#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto radius = ct::variable<"radius", double>;
constexpr auto wall = ct::variable<"wall", double>; // its height
constexpr auto roof = ct::variable<"roof", double>; // its height

constexpr auto pi = 3.14159265358979323846_c;
constexpr auto sheet = pi * radius * (radius + 2_c * wall + ct::sqrt(ct::square(radius) + ct::square(roof)));
constexpr auto volume = pi * ct::square(radius) * (wall + roof / 3_c);
constexpr auto slope = roof / radius;

/// The problem solved, with the option that says where second derivatives come from.
template <class Problem>
void solve(const char* name, Problem* made, const char* hessian) {
    const Ipopt::SmartPtr<Problem> problem = made;
    problem->start = {1, 1, 1};
    problem->lower = {0.01, 0, 0};
    problem->constraint_lower = {50, 0.6}; // cubic metres, and a roof that the rain runs from
    problem->constraint_upper = {50, 2e19};
    const Ipopt::SmartPtr<Ipopt::IpoptApplication> solver = new Ipopt::IpoptApplication;
    solver->Options()->SetIntegerValue("print_level", 0);
    solver->Options()->SetStringValue("sb", "yes");
    solver->Options()->SetNumericValue("tol", 1e-10);
    solver->Options()->SetStringValue("hessian_approximation", hessian);
    solver->Initialize();
    solver->OptimizeTNLP(problem.operator->());
    std::printf("%s: radius %.4f, wall %.4f, roof %.4f, sheet %.4f; a cubic metre more needs %.4f\n", name, problem->x[0], problem->x[1],
                problem->x[2], problem->value, -problem->multipliers[0]);
}

int main() {
    const ct::objective f{sheet, ct::packed{radius, wall, roof}};
    const auto both = ct::concat(ct::axis<0>, ct::expand_dims(volume, ct::axis<0>), ct::expand_dims(slope, ct::axis<0>));
    const ct::residuals g{both, ct::packed{radius, wall, roof}};
    solve("exact", new ct::ipopt_newton_problem(f, g), "exact");
    solve("limited memory", new ct::ipopt_problem(f, g), "limited-memory");
}
