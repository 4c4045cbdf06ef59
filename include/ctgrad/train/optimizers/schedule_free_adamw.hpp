// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct schedule_free_adamw_formula {
    static constexpr char name[] = "schedule_free_adamw";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.0025_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-8_c, warmup_steps = 0_c);
    }();
    static constexpr void update(auto& at) {
        const auto v = at.average(at.slot(slots::velocity), beta_2, square(at.gradient)) / at.correction(beta_2);
        auto rate = at[learning_rate];
        if (!is_constant(at[warmup_steps], 0)) rate = rate * minimum(at.step() / at[warmup_steps], 1.0);
        const auto before = at.slot_from_variable(slots::momentum), other = at.complement(beta_1), part = 1.0 / at.step();
        const auto z = before - at.quotient(rate * at.gradient, sqrt(v) + at[epsilon], at[epsilon]);
        const auto averaged = (at.variable - other * before) / at[beta_1];
        at.assign(before, z);
        at.assign(at.variable, other * z + at[beta_1] * ((1.0 - part) * averaged + part * z));
    }
};

} // namespace detail

/// AdamW without a schedule: v, a moving average of g^2, z <- z - rate g / (sqrt(v / (1 - beta_2^t)) + epsilon), x the mean
/// of all z, w = (1 - beta_1) z + beta_1 x. The rate rises over `warmup_steps`. For predictions x is best: (w - (1 - beta_1) z) / beta_1.
/// Options: learning_rate (0.0025), beta_1 (0.9), beta_2 (0.999), epsilon (1e-8), warmup_steps (0), and those of all optimizers.
/// Source: Defazio et al., The road less scheduled (2024); Keras, `ScheduleFreeAdamW`.
inline constexpr optimizer_function<detail::schedule_free_adamw_formula> schedule_free_adamw{};

} // namespace ctgrad
