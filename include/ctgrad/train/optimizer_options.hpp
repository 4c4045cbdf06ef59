// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/option_call.hpp>

namespace ctgrad {

inline constexpr option<"learning_rate", interval::not_negative> learning_rate{};
inline constexpr option<"momentum", interval::fraction> momentum{};
inline constexpr option<"rho", interval::fraction> rho{};
inline constexpr option<"beta_1", interval::fraction> beta_1{};
inline constexpr option<"beta_2", interval::fraction> beta_2{};
inline constexpr option<"epsilon", interval::not_negative> epsilon{};
inline constexpr option<"initial_accumulator_value", interval::not_negative> initial_accumulator_value{};
inline constexpr flag<"nesterov"> nesterov{};
inline constexpr flag<"centered"> centered{};
inline constexpr flag<"amsgrad"> amsgrad{};

/// w <- w - weight_decay learning_rate w, before the update.
inline constexpr option<"weight_decay", interval::not_negative> weight_decay{};
/// Each variable's gradient gets at most this norm (`clip_by_norm`).
inline constexpr option<"clipnorm", interval::positive> clipnorm{};
/// Each number of a gradient gets at most this magnitude (`clip_by_value`).
inline constexpr option<"clipvalue", interval::positive> clipvalue{};
/// All gradients together get at most this norm (`clip_by_global_norm`).
inline constexpr option<"global_clipnorm", interval::positive> global_clipnorm{};
/// Keeps a moving average of each variable, `train[average_of(W)]`: a <- ema_momentum a + (1 - ema_momentum) w,
/// from the variable itself after the first step.
inline constexpr option<"ema_momentum", interval::fraction> ema_momentum{};
/// Every so many steps the variables get their averages.
inline constexpr option<"ema_overwrite_frequency", interval::whole> ema_overwrite_frequency{};
/// The loss is multiplied by it before it is differentiated, gradients are divided by it.
inline constexpr option<"loss_scale_factor", interval::positive> loss_scale_factor{};
/// Variables change every so many steps, by the mean of the gradients since. Schedules count every step.
inline constexpr option<"gradient_accumulation_steps", interval::whole> gradient_accumulation_steps{};

/// Arguments: the optimizer, one of the ways.
template <fact Function, fact Option>
CTGRAD_RULE(gradients_must_be_clipped_one_way, "give one of clipnorm, clipvalue and global_clipnorm.")
inline constexpr poison gradients_must_be_clipped_one_way{};

namespace detail {

/// `Own`, and the options of `More...` that it has not.
template <class Own, class... More>
struct joined {
    using type = Own;
};
template <class... Own, class First, class... More>
struct joined<settings<Own...>, First, More...> {
    static constexpr bool known = (std::is_same_v<typename Own::option, typename First::option> || ...);
    using type = typename joined<std::conditional_t<known, settings<Own...>, settings<Own..., First>>, More...>::type;
};

template <class... Own, class... More>
constexpr auto join(settings<Own...>, settings<More...>) {
    return typename joined<settings<Own...>, More...>::type{};
}

} // namespace detail

/// The options of an optimizer: its own with their defaults, and those that all have.
template <class... Argument>
constexpr auto optimizer_options(Argument... own) {
    return detail::join(options(own...),
                        options(weight_decay = unset{}, clipnorm = unset{}, clipvalue = unset{}, global_clipnorm = unset{},
                                ema_momentum = unset{}, ema_overwrite_frequency = unset{}, loss_scale_factor = unset{},
                                gradient_accumulation_steps = unset{}));
}

} // namespace ctgrad
