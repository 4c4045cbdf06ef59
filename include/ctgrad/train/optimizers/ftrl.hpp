// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

/// The power of the sum of squared gradients that the rate follows.
struct learning_rate_power_t : option<learning_rate_power_t, "learning_rate_power", interval::not_positive> {
    using option::operator=;
};
inline constexpr learning_rate_power_t learning_rate_power{};
/// How strongly magnitudes are held down: small ones become 0.
struct l1_regularization_strength_t : option<l1_regularization_strength_t, "l1_regularization_strength", interval::not_negative> {
    using option::operator=;
};
inline constexpr l1_regularization_strength_t l1_regularization_strength{};
/// How strongly squares are held down.
struct l2_regularization_strength_t : option<l2_regularization_strength_t, "l2_regularization_strength", interval::not_negative> {
    using option::operator=;
};
inline constexpr l2_regularization_strength_t l2_regularization_strength{};
/// How strongly squares are held down by way of the gradient.
struct l2_shrinkage_regularization_strength_t
    : option<l2_shrinkage_regularization_strength_t, "l2_shrinkage_regularization_strength", interval::not_negative> {
    using option::operator=;
};
inline constexpr l2_shrinkage_regularization_strength_t l2_shrinkage_regularization_strength{};

namespace detail {

struct ftrl_formula {
    static constexpr char name[] = "ftrl";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, learning_rate_power = -0.5_c, initial_accumulator_value = 0.1_c,
                                 l1_regularization_strength = 0_c, l2_regularization_strength = 0_c,
                                 l2_shrinkage_regularization_strength = 0_c, beta = 0_c);
    }();
    static constexpr void update(auto& at) {
        const auto w = at.variable, rate = at[learning_rate], l1 = at[l1_regularization_strength];
        const auto root = [&at](auto n) { return pow(n, -at[learning_rate_power]); };
        const auto before = at.slot(slots::accumulator, initial_accumulator_value);
        const auto n = before + square(at.gradient);
        const auto shrunk = at.gradient + 2.0 * at[l2_shrinkage_regularization_strength] * w;
        const auto z = at.slot(slots::linear) + (shrunk - (root(n) - root(before)) / rate * w);
        const auto curvature = root(n) / rate + (2.0 * at[l2_regularization_strength] + at[beta] / rate);
        at.assign(before, n);
        at.assign(at.slot(slots::linear), z);
        at.assign(w, at.quotient_or(w, clip_by_value(z, -l1, l1) - z, curvature, at[initial_accumulator_value]));
    }
};

} // namespace detail

/// Follow the regularised leader: n' = n + g^2, z <- z + g + 2 l2_shrinkage w - (n'^-p - n^-p) / rate w,
/// w <- (clip(z, -l1, l1) - z) / (n'^-p / rate + 2 l2 + beta / rate).
/// Options: learning_rate (0.001), learning_rate_power (p, -0.5), initial_accumulator_value (0.1, of n),
/// l1_regularization_strength, l2_regularization_strength, l2_shrinkage_regularization_strength, beta (all 0), and
/// those of all optimizers.
/// Source: McMahan et al., Ad click prediction (2013); Keras, `Ftrl`.
inline constexpr optimizer_function<detail::ftrl_formula> ftrl{};

} // namespace ctgrad
