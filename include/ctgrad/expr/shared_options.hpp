// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Options that functions of several layers have.

#include <ctgrad/expr/options.hpp>

namespace ctgrad {

/// Of an optimizer: how much of the last step is made again. Of a layer: how much of a moving average is kept.
struct momentum_t : option<momentum_t, "momentum", interval::fraction> {
    using option::operator=;
};
inline constexpr momentum_t momentum{};
/// A small number that keeps a divisor or the argument of a logarithm from 0.
struct epsilon_t : option<epsilon_t, "epsilon", interval::not_negative> {
    using option::operator=;
};
inline constexpr epsilon_t epsilon{};
/// Of `dropout`: how many elements become 0. Of a constraint: how much of it is done in each step.
struct rate_t : option<rate_t, "rate", interval::probability> {
    using option::operator=;
};
inline constexpr rate_t rate{};
/// In how many steps a rate rises to its first value.
struct warmup_steps_t : option<warmup_steps_t, "warmup_steps", interval::not_negative> {
    using option::operator=;
};
inline constexpr warmup_steps_t warmup_steps{};

/// Of a schedule: the least rate, as a part of the first. Of a loss: the weight of a class, or of a kind of error.
struct alpha_t : option<alpha_t, "alpha"> {
    using option::operator=;
};
inline constexpr alpha_t alpha{};
/// Of `ftrl`: what makes the rate lower. Of a loss: the weight of a kind of error.
struct beta_t : option<beta_t, "beta", interval::not_negative> {
    using option::operator=;
};
inline constexpr beta_t beta{};
/// What values, or norms, are at most.
struct max_value_t : option<max_value_t, "max_value", interval::not_negative> {
    using option::operator=;
};
inline constexpr max_value_t max_value{};

} // namespace ctgrad
