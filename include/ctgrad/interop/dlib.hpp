// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <dlib/matrix.h>

namespace ctgrad {

/// What dlib takes for a vector of numbers.
using dlib_vector = dlib::matrix<double, 0, 1>;

/// An `objective` of doubles for dlib's minimizers, without derivatives. The three refer to it; it must outlive them. They are reentrant,
/// and throw what a call of the objective throws. `x` has as many numbers as it.
/// ```
/// dlib::find_min(dlib::lbfgs_search_strategy(10), dlib::objective_delta_stop_strategy(1e-9), dlib_value(f), dlib_gradient(f), x, 0);
/// ```
/// Source: D. E. King, Dlib-ml: A Machine Learning Toolkit (2009); dlib.net/optimization.html.
template <class F>
class dlib_value {
public:
    explicit dlib_value(const F& f) : f_(&f) {}
    dlib_value(const F&&) = delete;

    double operator()(const dlib_vector& x) const { return (*f_)(x.begin()); }

private:
    const F* f_;
};

/// The derivatives of an `objective`, as `dlib_value` its value.
template <class F>
class dlib_gradient {
public:
    explicit dlib_gradient(const F& f) : f_(&f) {}
    dlib_gradient(const F&&) = delete;

    dlib_vector operator()(const dlib_vector& x) const {
        dlib_vector gradient(x.size());
        (*f_)(x.begin(), gradient.begin());
        return gradient;
    }

private:
    const F* f_;
};

/// An `objective` with its first and second derivatives: `dlib::find_min_trust_region(stop, dlib_model(f), x)`.
template <class F>
class dlib_model {
public:
    using column_vector = dlib_vector;
    using general_matrix = dlib::matrix<double>;

    explicit dlib_model(const F& f) : f_(&f) {}
    dlib_model(const F&&) = delete;

    double operator()(const column_vector& x) const { return (*f_)(x.begin()); }
    void get_derivative_and_hessian(const column_vector& x, column_vector& gradient, general_matrix& hessian) const {
        gradient.set_size(x.size());
        hessian.set_size(x.size(), x.size());
        (*f_)(x.begin(), gradient.begin(), hessian.begin());
    }

private:
    const F* f_;
};

} // namespace ctgrad
