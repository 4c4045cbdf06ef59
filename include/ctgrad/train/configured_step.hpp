// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/train/clip_by_norm.hpp>
#include <ctgrad/train/optimizer.hpp>
#include <ctgrad/train/optimizer_options.hpp>

namespace ctgrad {

/// What the formula of an optimizer is given: `at[beta_1]` is an option as a number of the variable's dtype.
/// @tparam How the settings of the optimizer.
template <class How>
class configured_step : public optimizer_step {
public:
    using optimizer_step::optimizer_step;
    using optimizer_step::slot;

    template <class Option>
    constexpr ref operator[](Option o) const {
        return number(How::of(o));
    }
    template <class Option>
    static constexpr bool has(Option o) {
        return How::has(o);
    }

    /// 1 - option, rounded to the variable's dtype once.
    template <class Option>
    constexpr ref complement(Option o) const {
        return number(literal<std::bit_cast<std::uint64_t>(1.0)>{} - How::of(o));
    }

    /// What a moving average with factor `option` that began at 0 must be divided by: 1 - option^t.
    template <class Option>
    constexpr ref correction(Option o) const {
        return 1.0 - pow((*this)[o], step());
    }

    /// The moving average of `x` in `slot`: a <- option a + (1 - option) x.
    template <class Option>
    constexpr ref average(ref slot, Option factor, ref x) {
        const auto now = (*this)[factor] * slot + complement(factor) * x;
        assign(slot, now);
        return now;
    }

    /// a / b of a b that is at least `epsilon`, or 0 where b is 0, as then gradients and their averages are: no step.
    constexpr ref quotient(auto a, auto b, auto least) const { return quotient_or(0.0, a, b, least); }
    constexpr ref quotient_or(auto otherwise, auto a, auto b, auto least) const {
        return is_above_0(least) ? a / b : where(equal(b, 0.0), otherwise, a / b);
    }

    /// The number of this update, from 1.
    constexpr auto step() const {
        if constexpr (How::has(gradient_accumulation_steps))
            return detail::cast_like(updates_before(), leaf_) + 1.0;
        else
            return deferred_t<optimizer_step, How>::step();
    }

    /// A slot that is `initial`, an option, before the first step.
    template <class Option>
        requires requires { Option::accepts; }
    constexpr ref slot(int index, Option initial) {
        if constexpr (detail::is_literal<decltype(How::of(initial))>)
            return slot(index, How::of(initial).value);
        else
            return stands_for(slot(index), where(equal(step(), 1.0), (*this)[initial], slot(index)));
    }

    /// A slot that is the variable before the first step.
    constexpr ref slot_from_variable(int index) { return stands_for(slot(index), where(equal(step(), 1.0), leaf_, slot(index))); }

    /// An option that is a number of the type, and whole.
    template <class Option>
    static constexpr int count(Option o) {
        return static_cast<int>(decltype(How::of(o))::value);
    }

    /// What comes before clipping: the loss's scale, the sum of several gradients.
    constexpr void prepare() {
        if constexpr (How::has(loss_scale_factor)) gradient = gradient / (*this)[loss_scale_factor];
        if constexpr (How::has(gradient_accumulation_steps)) {
            const auto gathered = slot(slots::gradient_accumulator) + gradient;
            assign(slot(slots::gradient_accumulator), where(is_last(), 0.0, gathered));
            gradient = gathered / (*this)[gradient_accumulation_steps];
        }
        prepared_ = leaves.size();
    }

    constexpr void clip() {
        if constexpr (How::has(clipnorm)) gradient = clip_by_norm(gradient, (*this)[clipnorm]);
        if constexpr (How::has(clipvalue)) gradient = clip_by_value(gradient, -(*this)[clipvalue], (*this)[clipvalue]);
    }

    /// @param by which option the decay is.
    template <class Option>
    constexpr void decay(Option by) {
        if constexpr (How::has(by)) variable = stands_for(leaf_, variable - variable * ((*this)[by] * (*this)[learning_rate]));
    }

    /// What comes after the formula: nothing changes before the last of several gradients, averages.
    constexpr void finish() {
        if constexpr (How::has(gradient_accumulation_steps))
            for (int i = prepared_; i < leaves.size(); ++i) values[i] = where(is_last(), values[i], leaves[i]);
        if constexpr (How::has(ema_momentum)) {
            int i = prepared_;
            while (!(leaves[i] == leaf_)) ++i;
            const auto factor = where(equal(step(), 1.0), 0.0, (*this)[ema_momentum]);
            const auto now = factor * slot(slots::average) + (1.0 - factor) * values[i];
            assign(slot(slots::average), now);
            if constexpr (How::has(ema_overwrite_frequency)) {
                const auto periods = (updates_before() + 1.0) / as_double(ema_overwrite_frequency);
                values[i] = where(equal(detail::whole_part(periods), periods), now, values[i]);
            }
        }
    }

protected:
    /// Whether a number is known to be above 0, also as a float.
    static constexpr bool is_above_0(ref x) { return x->op->kind == op_kind::constant && constant_value(*x) >= 1e-37; }

private:
    template <class Option>
    constexpr ref as_double(Option o) const {
        return cast<double>(detail::node_context{leaf_.graph, dtype::float64}.to_ref(How::of(o)));
    }

    /// How many updates there were, as a double.
    constexpr ref updates_before(double more = 0) const {
        const deferred_t<ref, How> leaf = leaf_;
        const auto steps = cast<double>(leaf.graph->import(decltype(iterations)::root())) + more;
        if constexpr (How::has(gradient_accumulation_steps))
            return detail::whole_part(steps / as_double(gradient_accumulation_steps));
        else
            return steps;
    }

    /// Whether this step updates.
    constexpr ref is_last() const { return updates_before(1) > updates_before(); }

    int prepared_ = 0;
};

/// The moving average of a variable that an optimizer with `ema_momentum` keeps: `train[average_of(W)]`.
template <leaf_expression V>
constexpr auto average_of(V) {
    return detail::make_expr([] {
        attributes kept = V::root();
        kept.numbers[0] = slots::average;
        builder made;
        list<ref> roots;
        roots.push_back(made.add(info<slot_op>, kept, nullptr));
        return extract(made, roots);
    });
}

} // namespace ctgrad
