// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/node_context.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/iterations.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

#include <bit>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ctgrad {

namespace detail {

/// `x`, a double that is not negative, without its fraction.
template <operand X>
constexpr auto whole_part(X x) {
    return cast<double>(cast<std::int32_t>(x));
}

} // namespace detail

/// The slots of the library's optimizers, each one thing wherever it is used; formulas of your own number theirs from 0.
namespace slots {
enum slot : int {
    average = -1,
    gradient_accumulator = -2,
    momentum = -3,
    velocity = -4,
    velocity_hat = -5,
    norm = -6,
    product = -7,
    accumulator = -8,
    linear = -9,
    accumulated_gradient = -10,
    accumulated_delta = -11,
    average_gradient = -12,
    rows = -13,
    columns = -14,
    squares = -15,
    momentum_v1 = -16, ///< Without the learning rate.
};

/// What files call them: the terms of Keras and TF1.
inline constexpr std::string_view terms[]{"average",
                                          "gradient_accumulator",
                                          "momentum",
                                          "velocity",
                                          "velocity_hat",
                                          "norm",
                                          "product",
                                          "accumulator",
                                          "linear",
                                          "accumulated_grad",
                                          "accumulated_delta_var",
                                          "average_gradient",
                                          "r",
                                          "c",
                                          "v",
                                          "Momentum"};
} // namespace slots

/// What an optimizer is given for one variable, and where it leaves the new values. An optimizer is
/// an empty type with `static constexpr void update(optimizer_step& at)`, written as plain maths:
/// `at.assign(at.variable, at.variable - at.number(rate) * at.gradient);`
class optimizer_step {
public:
    ref variable; ///< Its value, already smaller by the weight decay if there is one.
    ref gradient;

    constexpr optimizer_step() = default;
    constexpr optimizer_step(ref v, ref dv) : variable(v), gradient(dv), leaf_(v) {}

    /// A hyperparameter, a literal or an expression, with the variable's dtype.
    template <expression X>
    constexpr ref number(X x) const {
        return detail::cast_like(detail::node_context{leaf_.graph, leaf_->type}.to_ref(x), leaf_);
    }

    /// The number of this step, from 1.
    template <class Iterations = std::remove_const_t<decltype(iterations)>>
    constexpr ref step() const {
        return number(Iterations{}) + 1.0;
    }

    /// A number for each element of the variable, kept from step to step (a momentum).
    /// @param initial what each is before the first step.
    constexpr ref slot(int index, double initial = 0) const { return slot(index, leaf_.shape(), initial); }

    /// A tensor kept from step to step.
    constexpr ref slot(int index, const tensor_shape& shape, double initial = 0) const {
        attributes kept = *leaf_;
        kept.shape = shape;
        kept.numbers[0] = index;
        kept.bits = std::bit_cast<std::uint64_t>(initial);
        return leaf_.graph->add(info<slot_op>, kept, nullptr);
    }

    /// `leaf`, the variable or a slot, gets `value` at the end of the step.
    constexpr void assign(ref leaf, ref value) {
        for (int i = 0; i < stand_ins_.size(); ++i)
            if (leaf == stand_ins_[i]) leaf = originals_[i];
        leaves.push_back(leaf);
        values.push_back(value);
    }

    list<ref> leaves;
    list<ref> values;

protected:
    /// Whoever assigns to `value` means `leaf`.
    constexpr ref stands_for(ref leaf, ref value) {
        originals_.push_back(leaf);
        stand_ins_.push_back(value);
        return value;
    }

    ref leaf_; ///< The variable itself.

private:
    list<ref> originals_, stand_ins_;
};

/// What `minimize` and `apply_gradients` take as the optimizer: the update of one variable, or of all.
template <class T>
concept optimizer = requires(optimizer_step& at) { T::update(at); } ||
                    requires(const list<ref>& given, list<ref>& made) { T::update_all(given, given, made, made); };

} // namespace ctgrad
