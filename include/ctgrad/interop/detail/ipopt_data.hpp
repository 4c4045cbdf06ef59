// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <IpTNLP.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ctgrad::detail {

/// What a problem for Ipopt says besides its functions: where it starts, its bounds, and what was found.
class ipopt_data : public Ipopt::TNLP {
public:
    using index = Ipopt::Index;

    /// Where it starts and the bounds of the variables: 0, and none.
    std::vector<double> start, lower, upper;
    /// The bounds of the constraints: all are 0.
    std::vector<double> constraint_lower, constraint_upper;
    /// What was found, by the last solver that ended.
    std::vector<double> x, multipliers;
    double value = 0;
    Ipopt::SolverReturn status = Ipopt::UNASSIGNED;

    bool get_bounds_info(index, double* x_lower, double* x_upper, index, double* g_lower, double* g_upper) override {
        std::copy(lower.begin(), lower.end(), x_lower);
        std::copy(upper.begin(), upper.end(), x_upper);
        std::copy(constraint_lower.begin(), constraint_lower.end(), g_lower);
        std::copy(constraint_upper.begin(), constraint_upper.end(), g_upper);
        return true;
    }
    bool get_starting_point(index, bool, double* at, bool wants_z, double*, double*, index, bool wants_multipliers, double*) override {
        std::copy(start.begin(), start.end(), at);
        return !wants_z && !wants_multipliers;
    }
    void finalize_solution(Ipopt::SolverReturn how, index n, const double* at, const double*, const double*, index m, const double*,
                           const double* lambda, double found, const Ipopt::IpoptData*, Ipopt::IpoptCalculatedQuantities*) override {
        x.assign(at, at + n);
        multipliers.assign(lambda, lambda + m);
        value = found;
        status = how;
    }

protected:
    ipopt_data(std::size_t variables, std::size_t constraints)
        : start(variables), lower(variables, -2e19), upper(variables, 2e19), constraint_lower(constraints), constraint_upper(constraints) {}
};

} // namespace ctgrad::detail
