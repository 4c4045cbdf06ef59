// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

#include <ctgrad/ctgrad.hpp>

/// Programs by the reference interpreter, which take a tenth of the time to compile. That generated code gives the same numbers is
/// tested elsewhere (test/random, test/laws).
namespace conformance {

template <class E, class... Fed>
std::vector<double> value_of_expression(E e, const Fed&... fed) {
    const auto values = ctgrad::evaluate(e, fed...);
    return {values.begin(), values.end()};
}

/// A training step with its variables, zeros at first, and its slots.
template <class Step>
class interpreted_trainer;
template <class P, class... E>
class interpreted_trainer<ctgrad::training_step<P, E...>> {
public:
    explicit interpreted_trainer(ctgrad::training_step<P, E...>) {
        for (int id = 0; id < graph().size; ++id)
            if (graph()[id].op->is_parameter) state_.leaves.push_back({graph()[id].name, initial_value(graph()[id]), graph()[id].hash});
    }

    template <class V>
    ctgrad::value_list& operator[](V) {
        for (auto& leaf : state_.leaves)
            if (leaf.hash == V::root().hash) return leaf.values;
        throw skipped("a variable that the step does not have");
    }

    template <class... Leaf, class... Data, bool... Holds>
    void operator()(const ctgrad::binding<Leaf, Data, Holds>&... fed) {
        ctgrad::interpreter_input in = state_;
        (in.leaves.push_back({Leaf::root().name, ctgrad::detail::elements_of(fed.data)}), ...);
        const ctgrad::interpreter all(graph(), in);
        for (int r = P::outputs; r < P::source().results(); ++r) {
            const ctgrad::node& variable = graph()[P::source().target_of(r)];
            for (auto& leaf : state_.leaves)
                if (leaf.hash == variable.hash) leaf.values = all.result(r);
        }
    }

private:
    static constexpr ctgrad::graph_view graph() { return P::graph(); }
    static ctgrad::value_list initial_value(const ctgrad::node& n) {
        return {static_cast<int>(n.shape.static_size()), std::bit_cast<double>(n.bits)};
    }

    ctgrad::interpreter_input state_;
};
template <class Step>
interpreted_trainer(Step) -> interpreted_trainer<Step>;

} // namespace conformance
