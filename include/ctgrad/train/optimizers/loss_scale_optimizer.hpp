// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/train/groups.hpp>
#include <ctgrad/train/optimizer_function.hpp>

#include <limits>

namespace ctgrad {

/// The factor of the loss before the first step.
struct initial_scale_t : option<initial_scale_t, "initial_scale", interval::positive> {
    using option::operator=;
};
inline constexpr initial_scale_t initial_scale{};
/// After how many finite steps the factor doubles.
struct dynamic_growth_steps_t : option<dynamic_growth_steps_t, "dynamic_growth_steps", interval::whole> {
    using option::operator=;
};
inline constexpr dynamic_growth_steps_t dynamic_growth_steps{};

namespace detail {

/// What a loss scale keeps; before the first step it is the number of these bits.
template <fixed_string Name, class T, std::uint64_t Initial>
inline constexpr auto scale_state = make_expr([] {
    attributes a;
    a.type = dtype_of<T>;
    a.name = &symbol_of<Name>;
    a.bits = Initial;
    builder made;
    list<ref> roots;
    roots.push_back(made.add(info<state_op>, a, nullptr));
    return extract(made, roots);
});

} // namespace detail

/// `Optimizer` on gradients of a loss that is multiplied by a factor which adapts: see `loss_scale_optimizer`.
template <class Optimizer, std::uint64_t Initial, int GrowthSteps>
struct loss_scaled {
    static constexpr auto scale = detail::scale_state<"loss_scale/dynamic_scale", float, Initial>;
    static constexpr auto finite_steps = detail::scale_state<"loss_scale/step_counter", std::int32_t, 0>;

    static constexpr bool moves(std::uint64_t variable) { return detail::moves<Optimizer>(variable); }
    static constexpr ref scaled(auto loss) { return detail::scaled<Optimizer>(loss) * scale_like(loss); }

    static constexpr void update_all(const auto& variables, const auto& gradients, list<ref>& leaves, list<ref>& values) {
        auto& made = *variables[0].graph;
        list<ref> unscaled;
        decltype(infinities_in(gradients[0])) wrong; // none yet
        for (const auto& g : gradients) {
            unscaled.push_back(g / scale_like(g));
            const auto more = infinities_in(g);
            wrong = wrong ? wrong + detail::cast_like(more, wrong) : more;
        }
        const auto finite = equal(wrong, 0.0);
        const int first = leaves.size();
        detail::update_by<Optimizer>(variables, unscaled, leaves, values);
        if (const auto steps = detail::counter_in(made)) assign(steps, steps + 1.0, leaves, values);
        for (int i = first; i < leaves.size(); ++i) values[i] = where(finite, values[i], leaves[i]);
        const auto now = made.import(scale.root()), count = made.import(finite_steps.root());
        const auto grows = equal(count, static_cast<double>(GrowthSteps - 1));
        assign(now, where(finite, where(grows, now * 2.0, now), now * 0.5), leaves, values);
        assign(count, where(finite, where(grows, count * 0.0, count + 1.0), count * 0.0), leaves, values);
    }

private:
    /// How many elements of `g` are infinite or NaN.
    static constexpr ref infinities_in(auto g) {
        return reduce_sum(
            where(abs(g) < std::numeric_limits<double>::infinity(), constant(*g.graph, 0, g->type), constant(*g.graph, 1, g->type)));
    }
    static constexpr ref scale_like(auto x) { return detail::cast_like(x.graph->import(scale.root()), x); }
    static constexpr void assign(ref leaf, ref value, list<ref>& leaves, list<ref>& values) {
        leaves.push_back(leaf);
        values.push_back(value);
    }
};

namespace detail {

struct loss_scale_formula {
    static constexpr char name[] = "loss_scale_optimizer";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(initial_scale = 32768_c, dynamic_growth_steps = 2000_c);
    }();
};

} // namespace detail

/// The loss is multiplied by a scale before it is differentiated, gradients are divided by it; a step whose gradients are not all
/// finite changes nothing but the scale, which becomes half; after `dynamic_growth_steps` finite ones it doubles.
/// `minimize(loss, loss_scale_optimizer(adam()))`; `train[decltype(optimizer)::scale]` reads it.
/// Options, numbers of the type: initial_scale (32768), dynamic_growth_steps (2000).
/// **Fails when** the first argument is no optimizer (`arguments_must_be_optimizers`).
/// Source: Micikevicius et al., Mixed precision training (2018); Keras, `LossScaleOptimizer`.
struct loss_scale_optimizer_function {
    template <class Optimizer, class... Option>
    constexpr auto operator()(Optimizer, Option...) const {
        using call = detail::call_of<detail::loss_scale_formula, Option...>;
        if constexpr (detail::is_poison<Optimizer>)
            return poison{};
        else if constexpr (!optimizer<Optimizer>)
            return broken<fault::arguments_must_be_optimizers, "loss_scale_optimizer", detail::arguments_shown<Optimizer, Option...>>;
        else if constexpr (!call::found.is_fine())
            return refuse<call>();
        else {
            using how = typename call::settled;
            return loss_scaled<Optimizer, detail::number_bits(decltype(how::of(initial_scale))::value),
                               static_cast<int>(decltype(how::of(dynamic_growth_steps))::value)>{};
        }
    }
};
inline constexpr loss_scale_optimizer_function loss_scale_optimizer{};

} // namespace ctgrad
