// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/schedules/schedule.hpp>

namespace ctgrad {

/// The rate at the end.
struct end_learning_rate_t : option<end_learning_rate_t, "end_learning_rate", interval::not_negative> {
    using option::operator=;
};
inline constexpr end_learning_rate_t end_learning_rate{};
/// The power of what remains of the way.
struct power_t : option<power_t, "power"> {
    using option::operator=;
};
inline constexpr power_t power{};
/// After the end the way is made longer, to the next multiple of decay_steps.
struct cycle_t : flag<cycle_t, "cycle"> {};
inline constexpr cycle_t cycle{};

namespace detail {

struct polynomial_decay_formula {
    static constexpr char name[] = "polynomial_decay";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(initial_learning_rate = required{}, decay_steps = required{}, end_learning_rate = 0.0001_c, power = 1_c, cycle);
    }();
    static constexpr auto of(auto how, auto step) {
        using namespace literals;
        const auto done = [&] {
            const auto p = step / how[decay_steps];
            if constexpr (how.has(cycle)) {
                const auto whole = whole_part(p);
                return p / maximum(whole + cast<double>(whole < p), 1_c);
            } else
                return minimum(p, 1_c);
        }();
        return (how[initial_learning_rate] - how[end_learning_rate]) * pow(1_c - done, how[power]) + how[end_learning_rate];
    }
};

} // namespace detail

/// rate = (initial_learning_rate - end_learning_rate) (1 - s / d)^power + end_learning_rate, s steps being taken, with
/// d = decay_steps and s at most d. With `cycle` d is the smallest multiple of decay_steps that is not below s.
/// Options: end_learning_rate (0.0001), power (1).
/// Source: Keras, `PolynomialDecay`.
inline constexpr schedule_function<detail::polynomial_decay_formula> polynomial_decay{};

} // namespace ctgrad
