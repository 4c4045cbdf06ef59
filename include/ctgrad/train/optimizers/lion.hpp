// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct lion_formula {
    static constexpr char name[] = "lion";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.99_c);
    }();
    static constexpr void update(auto& at) {
        const auto direction = sign(at[beta_1] * at.slot(slots::momentum) + at.complement(beta_1) * at.gradient);
        at.assign(at.variable, at.variable - at[learning_rate] * direction);
        at.average(at.slot(slots::momentum), beta_2, at.gradient);
    }
};

} // namespace detail

/// Lion: w <- w - rate sign(beta_1 m + (1 - beta_1) g), and then m <- beta_2 m + (1 - beta_2) g.
/// Options: learning_rate (0.001), beta_1 (0.9), beta_2 (0.99), and those of all optimizers.
/// Source: Chen et al., Symbolic discovery of optimization algorithms (2023); Keras, `Lion`.
inline constexpr optimizer_function<detail::lion_formula> lion{};

} // namespace ctgrad
