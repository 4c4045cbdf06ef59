// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/train/schedules/schedule.hpp>

namespace ctgrad {

namespace detail {

struct inverse_time_decay_formula {
    static constexpr char name[] = "inverse_time_decay";
    static constexpr auto defaults =
        options(initial_learning_rate = required{}, decay_steps = required{}, decay_rate = required{}, staircase);
    static constexpr auto of(auto how, auto step) {
        using namespace literals;
        return how[initial_learning_rate] / (1_c + how[decay_rate] * periods(how, step));
    }
};

} // namespace detail

/// rate = initial_learning_rate / (1 + decay_rate s / decay_steps), s steps being taken; with `staircase` the
/// quotient s / decay_steps is whole.
/// Source: Keras, `InverseTimeDecay`.
inline constexpr schedule_function<detail::inverse_time_decay_formula> inverse_time_decay{};

} // namespace ctgrad
