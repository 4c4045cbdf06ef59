// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <nlopt.hpp>

#include <concepts>
#include <vector>

namespace ctgrad {

namespace detail {

template <class F>
double nlopt_value(unsigned, const double* x, double* gradient, void* f) {
    return (*static_cast<const F*>(f))(x, gradient);
}
template <class R>
void nlopt_values(unsigned, double* into, unsigned, const double* x, double* jacobian, void* r) {
    (*static_cast<const R*>(r))(x, into, jacobian);
}

template <class F>
void* nlopt_data(const nlopt::opt& solver, const F& f) {
    if (solver.get_dimension() != static_cast<unsigned>(F::size))
        fail(error_text("ctgrad: the solver has ") << solver.get_dimension() << " variables, the function " << F::size);
    return const_cast<F*>(&f); // it comes back as what it was
}

} // namespace detail

/// A function of doubles that has one value: an `objective`.
template <class F>
concept nlopt_function = requires(const F& f, const double* x, double* out) {
    F::size;
    { f(x, out) } -> std::same_as<double>;
};
/// One that has several: `residuals`.
template <class R>
concept nlopt_functions = requires(const R& r, const double* x, double* out) {
    r.count();
    r(x, out, out);
};

/// Tells an NLopt solver to minimize `f`, an `objective` of doubles, with its gradient: `set_min_objective(solver, f)`.
///
/// The solver refers to `f`, which must outlive it. What a function of ctgrad throws stops the solver, which then throws an error of its
/// own without the text: call `f` once before, or see that sizes fit. Several solvers may call one function at a time.
/// Throws `ctgrad::error` when the solver has another number of variables.
/// Source: S. G. Johnson, The NLopt nonlinear-optimization package.
template <nlopt_function F>
void set_min_objective(nlopt::opt& solver, const F& f) {
    solver.set_min_objective(detail::nlopt_value<F>, detail::nlopt_data(solver, f));
}
template <nlopt_function F>
void set_min_objective(nlopt::opt&, const F&&) = delete;

/// Adds to an NLopt solver that `f` shall be at most 0: an `objective`, or `residuals`, then each of them. The rest is as for
/// `set_min_objective`.
/// @param tolerance how far above 0 a value may be.
template <nlopt_function F>
void add_inequality_constraint(nlopt::opt& solver, const F& f, double tolerance = 1e-8) {
    solver.add_inequality_constraint(detail::nlopt_value<F>, detail::nlopt_data(solver, f), tolerance);
}
template <nlopt_functions R>
void add_inequality_constraint(nlopt::opt& solver, const R& r, double tolerance = 1e-8) {
    solver.add_inequality_mconstraint(detail::nlopt_values<R>, detail::nlopt_data(solver, r), std::vector<double>(r.count(), tolerance));
}
template <class F>
void add_inequality_constraint(nlopt::opt&, const F&&, double = 0) = delete;

/// Adds to an NLopt solver that `f` shall be 0: an `objective`, or `residuals`, then each of them. The rest is as for `set_min_objective`.
/// @param tolerance how far from 0 a value may be.
template <nlopt_function F>
void add_equality_constraint(nlopt::opt& solver, const F& f, double tolerance = 1e-8) {
    solver.add_equality_constraint(detail::nlopt_value<F>, detail::nlopt_data(solver, f), tolerance);
}
template <nlopt_functions R>
void add_equality_constraint(nlopt::opt& solver, const R& r, double tolerance = 1e-8) {
    solver.add_equality_mconstraint(detail::nlopt_values<R>, detail::nlopt_data(solver, r), std::vector<double>(r.count(), tolerance));
}
template <class F>
void add_equality_constraint(nlopt::opt&, const F&&, double = 0) = delete;

} // namespace ctgrad
