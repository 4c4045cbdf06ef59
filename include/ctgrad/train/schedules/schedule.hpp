// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/train/optimizer.hpp>
#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/expr/shared_options.hpp>

namespace ctgrad {

/// The rate at the first step.
struct initial_learning_rate_t : option<initial_learning_rate_t, "initial_learning_rate", interval::not_negative> {
    using option::operator=;
};
inline constexpr initial_learning_rate_t initial_learning_rate{};
/// How many steps the decay takes, or one period of it.
struct decay_steps_t : option<decay_steps_t, "decay_steps", interval::positive> {
    using option::operator=;
};
inline constexpr decay_steps_t decay_steps{};
/// How strongly the rate decays in `decay_steps`.
struct decay_rate_t : option<decay_rate_t, "decay_rate", interval::not_negative> {
    using option::operator=;
};
inline constexpr decay_rate_t decay_rate{};
/// The rate changes only every `decay_steps`.
struct staircase_t : flag<staircase_t, "staircase"> {};
inline constexpr staircase_t staircase{};

/// What the formula of a schedule is given: `how[decay_rate]` is an option as a double.
template <class Settings>
struct schedule_options {
    template <class Option>
    constexpr auto operator[](Option o) const {
        return cast<double>(Settings::of(o));
    }
    template <class Option>
    static constexpr bool has(Option o) {
        return Settings::has(o);
    }
};

/// The function object of a learning rate that depends on the number of steps taken: it gives an expression of
/// `iterations`, a double, which an optimizer converts. `adam(exponential_decay(0.1_c, decay_steps = 1000_c,
/// decay_rate = 0.96_c))`. Anybody's expression of `iterations` will do as well.
/// @returns one number, a double.
/// **Fails when** an option is missing, unknown or out of its range (`option_must_be_given`, `option_must_be_known`,
/// `hyperparameter_must_be_in_range`).
/// @tparam Formula has a `name`, `defaults` (see `options`), and `of(how, step)`.
template <class Formula>
struct schedule_function {
    template <class... Argument>
    static constexpr bool takes = detail::call_of<Formula, Argument...>::found.is_fine();

    template <class... Argument>
    constexpr auto operator()(Argument...) const {
        using call = detail::call_of<Formula, Argument...>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else
            return Formula::of(schedule_options<typename call::settled>{},
                               cast<double>(deferred_t<std::remove_const_t<decltype(iterations)>, call>{}));
    }
};

namespace detail {

/// step / decay_steps; whole with `staircase`.
constexpr auto periods(auto how, auto step) {
    const auto p = step / how[decay_steps];
    if constexpr (how.has(staircase))
        return whole_part(p);
    else
        return p;
}

} // namespace detail
} // namespace ctgrad
