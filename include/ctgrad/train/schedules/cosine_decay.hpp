// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cos.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/train/schedules/schedule.hpp>

namespace ctgrad {

/// The rate at the end of the rise, from which it decays.
struct warmup_target_t : option<warmup_target_t, "warmup_target", interval::not_negative> {
    using option::operator=;
};
inline constexpr warmup_target_t warmup_target{};

namespace detail {

/// From 1 to `alpha` by half a period of the cosine, `height` times.
constexpr auto half_cosine(auto done, auto lowest, auto height) {
    using namespace literals;
    return (1_c - lowest) * (0.5_c * height * (1_c + cos(3.141592653589793_c * done))) + lowest;
}

struct cosine_decay_formula {
    static constexpr char name[] = "cosine_decay";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(initial_learning_rate = required{}, decay_steps = required{}, alpha = 0_c, warmup_target = unset{},
                       warmup_steps = 0_c);
    }();
    static constexpr auto of(auto how, auto step) {
        using namespace literals;
        if constexpr (how.has(warmup_target)) {
            const auto done = minimum(maximum(step - how[warmup_steps], 0_c) / how[decay_steps], 1_c);
            const auto warm = (how[warmup_target] - how[initial_learning_rate]) * (step / how[warmup_steps]) + how[initial_learning_rate];
            return where(step < how[warmup_steps], warm, how[warmup_target] * half_cosine(done, how[alpha], 1_c));
        } else
            return how[initial_learning_rate] * half_cosine(minimum(step / how[decay_steps], 1_c), how[alpha], 1_c);
    }
};

} // namespace detail

/// rate = initial_learning_rate ((1 - alpha) (1 + cos(pi s / decay_steps)) / 2 + alpha), s steps being taken, at most
/// decay_steps. With a warmup_target the rate first rises to it, evenly during warmup_steps, and decays from there.
/// Options: alpha (0), warmup_target (none), warmup_steps (0).
/// Source: Loshchilov and Hutter, SGDR (2017); Keras, `CosineDecay`.
inline constexpr schedule_function<detail::cosine_decay_formula> cosine_decay{};

} // namespace ctgrad
