// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/interop/detail/ipopt_data.hpp>

#include <cmath>

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
/// The Jacobian of the constraints is dense; that of `ipopt_sparse_problem` is not. Second derivatives are left to Ipopt:
/// `hessian_approximation` must be `limited-memory`; `ipopt_newton_problem` computes them. It keeps copies of both functions; data that
/// they refer to must outlive it. A value that is not finite is a step that failed; what else a call of the functions throws, Ipopt
/// reports as `NonIpopt_Exception_Thrown`. One solver at a time may have a problem.
/// Throws `ctgrad::error` when objective and constraints have different numbers of variables.
/// Source: A. Wächter, L. T. Biegler, On the Implementation of an Interior-Point Filter Line-Search Algorithm (2006).
template <class F, class G = no_constraints>
class ipopt_problem : public detail::ipopt_data {
public:
    using detail::ipopt_data::index;

    explicit ipopt_problem(F f, G g = {}) : ipopt_data(F::size, g.count()), f_(std::move(f)), g_(std::move(g)), count_(g_.count()) {
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
