// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/train/clip_by_global_norm.hpp>
#include <ctgrad/train/configured_step.hpp>

namespace ctgrad {

/// An optimizer with all that its options ask for.
/// @tparam Formula has `update(at)`, where `at` is a `configured_step`; and `decay(at)` if weights do not all decay alike.
/// @tparam Given the options that a call gave; the others are the formula's defaults.
template <class Formula, class Given>
struct configured_optimizer {
    using how = typename detail::option_call<Formula, detail::defaults_of<Formula>, Given>::settled;
    using step = configured_step<how>;

    /// All new values of a step: `gradients[i]` belongs to `variables[i]`.
    static constexpr void update_all(const list<ref>& variables, const list<ref>& gradients, list<ref>& leaves, list<ref>& values) {
        list<step> steps;
        for (int i = 0; i < variables.size(); ++i) {
            steps.push_back({variables[i], gradients[i]});
            steps[i].prepare();
        }
        if constexpr (how::has(global_clipnorm))
            if (!steps.empty()) clip_together(steps);
        for (step& at : steps) {
            at.clip();
            if constexpr (requires { Formula::decay(at); })
                Formula::decay(at);
            else
                at.decay(weight_decay);
            Formula::update(at);
            at.finish();
            for (int k = 0; k < at.leaves.size(); ++k) {
                leaves.push_back(at.leaves[k]);
                values.push_back(at.values[k]);
            }
        }
    }

    /// What is differentiated.
    static constexpr ref scaled(ref loss) {
        if constexpr (how::has(loss_scale_factor))
            return loss * step(loss, loss)[loss_scale_factor];
        else
            return loss;
    }

private:
    static constexpr void clip_together(list<step>& steps) {
        bool single = false;
        for (const step& at : steps) single = single || detail::is_single(at.gradient);
        auto sums = detail::sums_of_squares(steps[0].gradient, single);
        for (int i = 1; i < steps.size(); ++i) sums = sums + detail::sums_of_squares(steps[i].gradient, single);
        const ref factor = detail::clip_factor(sums, detail::cast_like(steps[0][global_clipnorm], sums.middle));
        for (step& at : steps) at.gradient = at.gradient * detail::cast_like(factor, at.gradient);
    }
};

/// The function object of an optimizer: `adam(0.01_c, clipnorm = 1_c)`. A formula says its name, the defaults of
/// its options, and how one variable is updated:
/// ```
/// struct momentum_formula {
///     static constexpr char name[] = "momentum";
///     static constexpr auto defaults = optimizer_options(learning_rate = 0.01_c, momentum = 0.9_c);
///     static constexpr void update(auto& at) {
///         const ref m = at[momentum] * at.slot(0) + at.gradient;
///         at.assign(at.slot(0), m);
///         at.assign(at.variable, at.variable - at[learning_rate] * m);
///     }
/// };
/// inline constexpr optimizer_function<momentum_formula> with_momentum{};
/// ```
/// **Fails when** an option is unknown, given twice or out of its range (`option_must_be_known`, `option_must_be_given_once`,
/// `hyperparameter_must_be_in_range`), or gradients are clipped in two ways (`gradients_must_be_clipped_one_way`).
template <class Formula>
class optimizer_function {
    template <class How>
    static constexpr int ways_to_clip = How::has(clipnorm) + How::has(clipvalue) + How::has(global_clipnorm);

public:
    template <class... Argument>
    static constexpr bool takes = detail::call_of<Formula, Argument...>::found.is_fine() &&
                                  ways_to_clip<typename detail::call_of<Formula, Argument...>::settled> <= 1;

    template <class... Argument>
    constexpr auto operator()(Argument...) const {
        [[maybe_unused]] constexpr std::string_view name = Formula::name; // Clang calls a name unused that only errors show
        using call = detail::call_of<Formula, Argument...>;
        using how = typename call::settled;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else if constexpr (ways_to_clip<how> > 1)
            return broken<fault::gradients_must_be_clipped_one_way, show([] { return Formula::name; }),
                          show([] { return how::has(clipnorm) ? clipnorm.name.view() : clipvalue.name.view(); })>;
        else
            return configured_optimizer<Formula, typename call::given>{};
    }
};

} // namespace ctgrad
