// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/node_context.hpp>
#include <ctgrad/ops/leaf.hpp>

namespace ctgrad {

/// What an optimizer is given for one variable, and where it leaves the new values. An optimizer is
/// an empty type with `static constexpr void update(optimizer_step& at)`, written as plain maths:
/// `at.assign(at.variable, at.variable - at.number(rate) * at.gradient);`
class optimizer_step {
public:
    ref variable;
    ref gradient;

    constexpr optimizer_step(ref v, ref dv) : variable(v), gradient(dv) {}

    /// A hyperparameter, a literal or an expression, with the variable's dtype.
    template <expression X>
    constexpr ref number(X x) const {
        return detail::node_context{variable.graph, variable->type}.to_ref(x);
    }

    /// A number for each element of the variable, kept from step to step, zero at first (a momentum).
    constexpr ref slot(int index) const {
        attributes kept = *variable;
        kept.numbers[0] = index;
        return variable.graph->add(info<slot_op>, kept, nullptr);
    }

    /// `leaf`, the variable or a slot, gets `value` at the end of the step.
    constexpr void assign(ref leaf, ref value) {
        leaves.push_back(leaf);
        values.push_back(value);
    }

    list<ref> leaves;
    list<ref> values;
};

/// What `minimize` and `apply_gradients` take as the optimizer.
template <class T>
concept optimizer = requires(optimizer_step& at) { T::update(at); };

} // namespace ctgrad
