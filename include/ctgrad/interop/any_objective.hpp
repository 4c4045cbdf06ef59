// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file This header includes nothing, so that units that only call an objective compile in no time. `interop/objective.hpp` makes them.

namespace ctgrad {

/// A number that depends on a flat vector of numbers, with its gradient, whoever computes it: what minimizers of other libraries call.
/// It refers to the `objective` that it is made of, which must outlive it.
/// @tparam Number float or double.
template <class Number>
class any_objective {
public:
    template <class Objective>
        requires requires { Objective::size; }
    any_objective(const Objective& of) : objective_(&of), call_(&call<Objective>), size_(static_cast<int>(Objective::size)) {}
    template <class Objective>
        requires requires { Objective::size; }
    any_objective(const Objective&&) = delete;

    /// The value at `x`.
    /// @param gradient where its derivatives go, as many as `x` has numbers, or null.
    Number operator()(const Number* x, Number* gradient = nullptr) const { return call_(objective_, x, gradient); }

    /// How many numbers `x` has.
    int size() const { return size_; }

private:
    template <class Objective>
    static Number call(const void* objective, const Number* x, Number* gradient) {
        return (*static_cast<const Objective*>(objective))(x, gradient);
    }

    const void* objective_;
    Number (*call_)(const void*, const Number*, Number*);
    int size_;
};

} // namespace ctgrad
