// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/ipopt.hpp>

namespace ctgrad {

/// An `ipopt_problem` that computes the second derivatives of objective and constraints too, as a dense matrix.
template <class F, class G = no_constraints>
class ipopt_newton_problem final : public ipopt_problem<F, G> {
public:
    using ipopt_problem<F, G>::ipopt_problem;
    using typename ipopt_problem<F, G>::index;

    bool eval_h(index n, const double* at, bool, double factor, index, const double* lambda, bool, index, index* row, index* column,
                double* values) override {
        if (values != nullptr) {
            constexpr std::size_t size = F::size;
            gradient_.resize(size);
            of_f_.resize(size * size);
            of_g_.resize(size * size);
            this->f_(at, gradient_.data(), of_f_.data());
            this->g_.weighted_hessian(at, lambda, of_g_.data());
        }
        index k = 0;
        for (index i = 0; i < n; ++i)
            for (index j = 0; j <= i; ++j, ++k) {
                if (values == nullptr)
                    row[k] = i, column[k] = j;
                else
                    values[k] = factor * of_f_[static_cast<std::size_t>(i * n + j)] + of_g_[static_cast<std::size_t>(i * n + j)];
            }
        return true;
    }

private:
    std::vector<double> gradient_, of_f_, of_g_; // of no constraints 0
};

template <class F, class... G>
ipopt_newton_problem(F, G...) -> ipopt_newton_problem<F, G...>;

} // namespace ctgrad
