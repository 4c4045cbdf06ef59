// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/train/schedules/schedule.hpp>

namespace ctgrad {

namespace detail {

struct exponential_decay_formula {
    static constexpr char name[] = "exponential_decay";
    static constexpr auto defaults =
        options(initial_learning_rate = required{}, decay_steps = required{}, decay_rate = required{}, staircase);
    static constexpr auto of(auto how, auto step) { return how[initial_learning_rate] * pow(how[decay_rate], periods(how, step)); }
};

} // namespace detail

/// rate = initial_learning_rate decay_rate^(s / decay_steps), s steps being taken; with `staircase` the exponent
/// is whole.
/// Source: Keras, `ExponentialDecay`.
inline constexpr schedule_function<detail::exponential_decay_formula> exponential_decay{};

} // namespace ctgrad
