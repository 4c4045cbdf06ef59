// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <ceres/first_order_function.h>
#include <ceres/sized_cost_function.h>

#include <cmath>
#include <vector>

namespace ctgrad {

/// An `objective` of doubles as what Ceres minimizes without squares: `ceres::GradientProblem problem(new ceres_function(f));`. It keeps a
/// copy of the objective; data that the objective refers to must outlive it. A value that is not finite is a step that failed. What a call
/// of the objective throws goes through Ceres to who called it.
/// Source: S. Agarwal, K. Mierle, Ceres Solver; ceres-solver.org/gradient_solver.html.
template <class F>
class ceres_function final : public ceres::FirstOrderFunction {
public:
    explicit ceres_function(F f) : f_(std::move(f)) {}

    bool Evaluate(const double* x, double* value, double* gradient) const override {
        *value = f_(x, gradient);
        return std::isfinite(*value);
    }
    int NumParameters() const override { return static_cast<int>(F::size); }

private:
    F f_;
};

namespace detail {

template <class R>
inline constexpr int ceres_count = R::static_count > 0 ? static_cast<int>(R::static_count) : static_cast<int>(ceres::DYNAMIC);

template <class R, class Blocks = std::make_index_sequence<R::blocks>>
struct ceres_base;
template <class R, std::size_t... I>
struct ceres_base<R, std::index_sequence<I...>> {
    using type = ceres::SizedCostFunction<ceres_count<R>, static_cast<int>(R::block_sizes[I])...>;
};

} // namespace detail

/// `residuals` of doubles as a cost function of Ceres, with a parameter block for each leaf that is packed, in that order:
/// `problem.AddResidualBlock(new ceres_residuals(r), loss, rotation, translation)`. It keeps a copy of them; data that they refer to must
/// outlive it. Ceres may call it in several threads. Manifolds belong to blocks, as ever.
/// Source: S. Agarwal, K. Mierle, Ceres Solver; ceres-solver.org/nnls_modeling.html.
template <class R>
class ceres_residuals final : public detail::ceres_base<R>::type {
public:
    explicit ceres_residuals(R r) : r_(std::move(r)) {
        if constexpr (R::static_count == 0) this->set_num_residuals(static_cast<int>(r_.count()));
    }

    bool Evaluate(const double* const* x, double* into, double** jacobians) const override {
        if (jacobians == nullptr) {
            r_.at_blocks(x, into);
            return true;
        }
        // a block that Ceres holds constant has no room for its derivatives
        std::size_t missing = 0;
        for (std::size_t i = 0; i < R::blocks; ++i) missing += jacobians[i] == nullptr ? r_.count() * R::block_sizes[i] : 0;
        std::vector<double> unused(missing);
        std::array<double*, R::blocks> at{};
        for (std::size_t i = 0; i < R::blocks; ++i) {
            if (jacobians[i] == nullptr) missing -= r_.count() * R::block_sizes[i];
            at[i] = jacobians[i] == nullptr ? unused.data() + missing : jacobians[i];
        }
        r_.at_blocks(x, into, at.data());
        return true;
    }

private:
    R r_;
};

} // namespace ctgrad
