// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>
#include <unsupported/Eigen/LevenbergMarquardt>

namespace ctgrad {

/// `residuals` for Eigen's Levenberg-Marquardt (in its unsupported modules):
/// `eigen_residuals functor(r); Eigen::LevenbergMarquardt solver(functor); solver.minimize(b);`
///
/// It refers to the residuals, which must outlive it. `b` has as many numbers as their leaves. Two threads need two: it keeps the rows
/// of a Jacobian, which Eigen wants by columns. What a call of the residuals throws goes through Eigen to who called it.
/// Source: J. J. Moré, The Levenberg-Marquardt Algorithm (1978), as in MINPACK.
template <class R>
class eigen_residuals : public Eigen::DenseFunctor<typename R::number> {
    using base = Eigen::DenseFunctor<typename R::number>;
    using rows = Eigen::Matrix<typename R::number, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

public:
    using typename base::InputType;
    using typename base::JacobianType;
    using typename base::ValueType;

    explicit eigen_residuals(const R& r)
        : base(static_cast<int>(R::size), static_cast<int>(r.count())), r_(&r), values_(r.count()), rows_(this->values(), this->inputs()) {}
    eigen_residuals(const R&&) = delete;

    int operator()(const InputType& x, ValueType& into) const {
        (*r_)(x.data(), into.data());
        return 0;
    }
    int df(const InputType& x, JacobianType& jacobian) {
        (*r_)(x.data(), values_.data(), rows_.data());
        jacobian = rows_;
        return 0;
    }

private:
    const R* r_;
    ValueType values_;
    rows rows_;
};

} // namespace ctgrad
