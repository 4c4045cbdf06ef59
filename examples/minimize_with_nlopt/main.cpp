// SPDX-License-Identifier: BSL-1.0

// A portfolio of four assets by NLopt: the least variance for a wanted return, all money spent (SLSQP with constraints); then the weights
// of equal risk (L-BFGS).

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/nlopt.hpp>
#include <ctgrad/interop/objective.hpp>

#include <array>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto w = ct::variable<"w", double, 4>; // the weights
constexpr auto covariance = ct::placeholder<"covariance", double, 4, 4>;
constexpr auto returns = ct::placeholder<"returns", double, 4>; // expected
constexpr auto wanted = ct::scalar<"wanted", double>;

constexpr auto row = ct::expand_dims(w, ct::axis<0>);
constexpr auto variance = ct::reduce_sum(ct::matmul(row, covariance) * row);
constexpr auto spent = ct::reduce_sum(w) - 1_c;                // 0
constexpr auto missing = wanted - ct::reduce_sum(returns * w); // at most 0

// Its minimum is where each asset has the same part of the variance, up to a factor.
constexpr auto equal_risk = 0.5_c * variance - 0.25_c * ct::reduce_sum(ct::log(w));

int main() {
    const std::array<double, 16> c{0.04, 0.006, 0.01, 0.0,    0.006, 0.0225, 0.003,  0.001,
                                   0.01, 0.003, 0.09, -0.002, 0.0,   0.001,  -0.002, 0.0025};
    const std::array<double, 4> r{0.08, 0.06, 0.12, 0.02};

    const ct::objective risk{variance, ct::packed{w}, covariance = c};
    const ct::objective budget{spent, ct::packed{w}};
    const ct::objective demand{missing, ct::packed{w}, returns = r, wanted = 0.07};
    nlopt::opt slsqp(nlopt::LD_SLSQP, 4);
    ct::set_min_objective(slsqp, risk);
    ct::add_equality_constraint(slsqp, budget);
    ct::add_inequality_constraint(slsqp, demand);
    slsqp.set_lower_bounds(0);
    slsqp.set_xtol_rel(1e-10);
    std::vector<double> weights(4, 0.25);
    double least = 0;
    slsqp.optimize(weights, least);
    std::printf("weights %.4f %.4f %.4f %.4f\n", weights[0], weights[1], weights[2], weights[3]);
    std::printf("variance %.6f, sum %.4f, return %.4f\n", least, budget(weights.data()) + 1, 0.07 - demand(weights.data()));

    const ct::objective balanced{equal_risk, ct::packed{w}, covariance = c};
    nlopt::opt lbfgs(nlopt::LD_LBFGS, 4);
    ct::set_min_objective(lbfgs, balanced);
    lbfgs.set_lower_bounds(1e-3);
    lbfgs.set_xtol_rel(1e-10);
    weights.assign(4, 1);
    lbfgs.optimize(weights, least);
    std::array<double, 4> slope{};
    const double total = risk(weights.data(), slope.data());
    for (std::size_t i = 0; i < 4; ++i)
        std::printf("w[%zu] = %.4f has %.4f of the variance\n", i, weights[i], weights[i] * slope[i] / 2 / total);
}
