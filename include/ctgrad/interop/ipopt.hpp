// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <IpTNLP.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ctgrad {

/// What an `ipopt_problem` takes for constraints where there are none.
struct no_constraints {
    static constexpr std::size_t size = 0;
    static constexpr std::size_t count() { return 0; }
    void operator()(const double*, double*, double* = nullptr) const {}
    void weighted_hessian(const double*, const double*, double*) const {}
};

/// A problem for Ipopt: the least value of an `objective` of doubles where `residuals` of the same leaves lie in intervals.
/// ```
/// Ipopt::SmartPtr problem = new ipopt_problem(f, g); // its members say where it starts, and the bounds
/// solver->OptimizeTNLP(GetRawPtr(problem));          // its members say what was found
/// ```
/// The Jacobian of the constraints is dense. Second derivatives are left to Ipopt: `hessian_approximation` must be `limited-memory`;
/// `ipopt_newton_problem` computes them. It keeps copies of both functions; data that they refer to must outlive it. A value that is not
/// finite is a step that failed; what else a call of the functions throws, Ipopt reports as `NonIpopt_Exception_Thrown`. One solver at a
/// time may have a problem.
/// Throws `ctgrad::error` when objective and constraints have different numbers of variables.
/// Source: A. Wächter, L. T. Biegler, On the Implementation of an Interior-Point Filter Line-Search Algorithm (2006).
template <class F, class G = no_constraints>
class ipopt_problem : public Ipopt::TNLP {
public:
    using index = Ipopt::Index;

    /// Where it starts and the bounds of the variables: 0, and none.
    std::vector<double> start = std::vector<double>(F::size), lower = std::vector<double>(F::size, -2e19),
                        upper = std::vector<double>(F::size, 2e19);
    /// The bounds of the constraints: all are 0.
    std::vector<double> constraint_lower, constraint_upper;
    /// What was found, by the last solver that ended.
    std::vector<double> x, multipliers;
    double value = 0;
    Ipopt::SolverReturn status = Ipopt::UNASSIGNED;

    explicit ipopt_problem(F f, G g = {})
        : constraint_lower(g.count()), constraint_upper(g.count()), f_(std::move(f)), g_(std::move(g)), count_(g_.count()) {
        if (count_ > 0 && F::size != G::size) fail("ctgrad: objective and constraints have different numbers of variables");
    }

    bool get_nlp_info(index& n, index& m, index& in_jacobian, index& in_hessian, IndexStyleEnum& style) override {
        n = static_cast<index>(F::size);
        m = static_cast<index>(count_);
        in_jacobian = n * m;
        in_hessian = n * (n + 1) / 2;
        style = C_STYLE;
        return true;
    }
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
    bool eval_f(index, const double* at, bool, double& found) override {
        found = f_(at);
        return std::isfinite(found);
    }
    bool eval_grad_f(index, const double* at, bool, double* gradient) override { return std::isfinite(f_(at, gradient)); }
    bool eval_g(index, const double* at, bool, index, double* g) override {
        g_(at, g);
        return std::all_of(g, g + count_, [](double each) { return std::isfinite(each); });
    }
    bool eval_jac_g(index n, const double* at, bool, index, index size, index* row, index* column, double* values) override {
        if (values != nullptr) {
            unused_.resize(count_);
            g_(at, unused_.data(), values);
        } else
            for (index i = 0; i < size; ++i) row[i] = i / n, column[i] = i % n;
        return true;
    }
    void finalize_solution(Ipopt::SolverReturn how, index n, const double* at, const double*, const double*, index m, const double*,
                           const double* lambda, double found, const Ipopt::IpoptData*, Ipopt::IpoptCalculatedQuantities*) override {
        x.assign(at, at + n);
        multipliers.assign(lambda, lambda + m);
        value = found;
        status = how;
    }

protected:
    F f_;
    G g_;
    std::size_t count_;

private:
    std::vector<double> unused_;
};

template <class F, class... G>
ipopt_problem(F, G...) -> ipopt_problem<F, G...>;

} // namespace ctgrad
