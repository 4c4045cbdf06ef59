// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/expr/shared_options.hpp>

namespace ctgrad {

/// How far a step goes: a number, a run-time `scalar`, a schedule or any other expression of the step.
struct learning_rate_t : option<learning_rate_t, "learning_rate", interval::not_negative> {
    using option::operator=;
};
inline constexpr learning_rate_t learning_rate{};
/// How much of the last moving average of squared gradients stays.
struct rho_t : option<rho_t, "rho", interval::fraction> {
    using option::operator=;
};
inline constexpr rho_t rho{};
/// How much of the last moving average of gradients stays.
struct beta_1_t : option<beta_1_t, "beta_1", interval::fraction> {
    using option::operator=;
};
inline constexpr beta_1_t beta_1{};
/// How much of the last moving average of squared gradients stays.
struct beta_2_t : option<beta_2_t, "beta_2", interval::fraction> {
    using option::operator=;
};
inline constexpr beta_2_t beta_2{};
/// What sums and averages of squared gradients are before the first step.
struct initial_accumulator_value_t : option<initial_accumulator_value_t, "initial_accumulator_value", interval::not_negative> {
    using option::operator=;
};
inline constexpr initial_accumulator_value_t initial_accumulator_value{};
/// Nesterov's momentum: the gradient counts once more in its step.
struct nesterov_t : flag<nesterov_t, "nesterov"> {};
inline constexpr nesterov_t nesterov{};
/// The square of the average gradient is taken off the average square.
struct centered_t : flag<centered_t, "centered"> {};
inline constexpr centered_t centered{};
/// The largest average of squared gradients so far divides the step.
struct amsgrad_t : flag<amsgrad_t, "amsgrad"> {};
inline constexpr amsgrad_t amsgrad{};

/// w <- w - weight_decay learning_rate w, before the update.
struct weight_decay_t : option<weight_decay_t, "weight_decay", interval::not_negative> {
    using option::operator=;
};
inline constexpr weight_decay_t weight_decay{};
/// Each variable's gradient gets at most this norm (`clip_by_norm`).
struct clipnorm_t : option<clipnorm_t, "clipnorm", interval::positive> {
    using option::operator=;
};
inline constexpr clipnorm_t clipnorm{};
/// Each number of a gradient gets at most this magnitude (`clip_by_value`).
struct clipvalue_t : option<clipvalue_t, "clipvalue", interval::positive> {
    using option::operator=;
};
inline constexpr clipvalue_t clipvalue{};
/// All gradients together get at most this norm (`clip_by_global_norm`).
struct global_clipnorm_t : option<global_clipnorm_t, "global_clipnorm", interval::positive> {
    using option::operator=;
};
inline constexpr global_clipnorm_t global_clipnorm{};
/// Keeps a moving average of each variable, `train[average_of(W)]`: a <- ema_momentum a + (1 - ema_momentum) w,
/// from the variable itself after the first step.
struct ema_momentum_t : option<ema_momentum_t, "ema_momentum", interval::fraction> {
    using option::operator=;
};
inline constexpr ema_momentum_t ema_momentum{};
/// Every so many steps the variables get their averages.
struct ema_overwrite_frequency_t : option<ema_overwrite_frequency_t, "ema_overwrite_frequency", interval::whole> {
    using option::operator=;
};
inline constexpr ema_overwrite_frequency_t ema_overwrite_frequency{};
/// The loss is multiplied by it before it is differentiated, gradients are divided by it.
struct loss_scale_factor_t : option<loss_scale_factor_t, "loss_scale_factor", interval::positive> {
    using option::operator=;
};
inline constexpr loss_scale_factor_t loss_scale_factor{};
/// Variables change every so many steps, by the mean of the gradients since. Schedules count every step.
struct gradient_accumulation_steps_t : option<gradient_accumulation_steps_t, "gradient_accumulation_steps", interval::whole> {
    using option::operator=;
};
inline constexpr gradient_accumulation_steps_t gradient_accumulation_steps{};

/// Arguments: the optimizer, one of the ways.
template <fact Function, fact Option>
CTGRAD_RULE(gradients_must_be_clipped_one_way, "give one of clipnorm, clipvalue and global_clipnorm.")
inline constexpr poison broken<fault::gradients_must_be_clipped_one_way, Function, Option>{};

namespace detail {
inline constexpr auto options_of_all_optimizers =
    options(weight_decay = unset{}, clipnorm = unset{}, clipvalue = unset{}, global_clipnorm = unset{}, ema_momentum = unset{},
            ema_overwrite_frequency = unset{}, loss_scale_factor = unset{}, gradient_accumulation_steps = unset{});
}

/// The options of an optimizer: its own with their defaults, and those that all have.
template <class... Argument>
constexpr auto optimizer_options(Argument... own) {
    return detail::join(options(own...), detail::options_of_all_optimizers);
}

} // namespace ctgrad
