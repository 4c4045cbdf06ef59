// SPDX-License-Identifier: BSL-1.0

// A tank of given volume from the least sheet by Ipopt: a cylinder with a cone for a roof. Exact second derivatives, and those that Ipopt
// approximates. Then a chain of many links that hangs between two nails, with the structure of its derivatives.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/ipopt.hpp>
#include <ctgrad/interop/ipopt_newton.hpp>
#include <ctgrad/interop/ipopt_sparse.hpp>
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <IpIpoptApplication.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
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

// The joints of the chain, first how far they are to the right, then how high.
constexpr int links = 500;
constexpr auto joints = ct::variable<"joints", double, 2 * links + 2>;
template <int First, int Count = links>
constexpr auto part = ct::slice(joints, ct::begin<First>, ct::size<Count>);
constexpr auto right = part<1> - part<0>;
constexpr auto up = part<links + 2> - part<links + 1>;
constexpr double length = 1.5; // of all links, between nails that are 1 apart
constexpr auto stretched = ct::square(right) + ct::square(up);
constexpr auto height = ct::reduce_sum(part<links + 1, links + 1>);

void hang() {
    const Ipopt::SmartPtr problem = new ct::ipopt_sparse_problem(height, stretched, joints);
    constexpr std::size_t high = links + 1; // where the heights begin
    for (std::size_t i = 0; i <= links; ++i) {
        const double at = static_cast<double>(i) / links;
        problem->start[i] = at;
        problem->start[high + i] = at * (at - 1);
    }
    for (const std::size_t end : {std::size_t{0}, std::size_t{links}}) {
        problem->lower[end] = problem->upper[end] = end == 0 ? 0 : 1;
        problem->lower[high + end] = problem->upper[high + end] = 0;
    }
    problem->constraint_lower.assign(links, length * length / links / links);
    problem->constraint_upper = problem->constraint_lower;
    const Ipopt::SmartPtr<Ipopt::IpoptApplication> solver = new Ipopt::IpoptApplication;
    solver->Options()->SetIntegerValue("print_level", 0);
    solver->Options()->SetStringValue("sb", "yes");
    solver->Initialize();
    solver->OptimizeTNLP(GetRawPtr(problem));
    double a = 0.3; // of the catenary a cosh(x / a): 2 a sinh(1 / 2a) is the length
    for (int i = 0; i < 50; ++i) {
        const double s = 1 / (2 * a);
        a -= (2 * a * std::sinh(s) - length) / (2 * std::sinh(s) - 2 * s * std::cosh(s));
    }
    const double lowest = *std::min_element(problem->x.begin() + high, problem->x.end());
    std::printf("a chain: %d and %d elements of the derivatives; it hangs %.4f low, a rope %.4f\n", problem->jacobian_nnz,
                problem->hessian_nnz(), -lowest, a * (std::cosh(1 / (2 * a)) - 1));
}

int main() {
    const ct::objective f{sheet, ct::packed{radius, wall, roof}};
    const auto both = ct::concat(ct::axis<0>, ct::expand_dims(volume, ct::axis<0>), ct::expand_dims(slope, ct::axis<0>));
    const ct::residuals g{both, ct::packed{radius, wall, roof}};
    solve("exact", new ct::ipopt_newton_problem(f, g), "exact");
    solve("limited memory", new ct::ipopt_problem(f, g), "limited-memory");
    hang();
}
