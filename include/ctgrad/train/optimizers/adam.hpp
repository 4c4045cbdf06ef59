// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct adam_formula {
    static constexpr char name[] = "adam";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-7_c, amsgrad);
    }();
    static constexpr void update(auto& at) { step(at, at[learning_rate], beta_1, beta_2); }

    /// @param first, second which options beta_1 and beta_2 are.
    static constexpr void step(auto& at, auto rate, auto first, auto second) {
        const auto m = at.average(at.slot(slots::momentum), first, at.gradient);
        auto v = at.average(at.slot(slots::velocity), second, square(at.gradient));
        if (at.has(amsgrad)) {
            v = maximum(at.slot(slots::velocity_hat), v);
            at.assign(at.slot(slots::velocity_hat), v);
        }
        const auto corrected = rate * sqrt(at.correction(second)) / at.correction(first);
        at.assign(at.variable, at.variable - at.quotient(corrected * m, sqrt(v) + at[epsilon], at[epsilon]));
    }
};

struct adamw_formula : adam_formula {
    static constexpr char name[] = "adamw";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, weight_decay = 0.004_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-7_c,
                                 amsgrad);
    }();
};

} // namespace detail

/// Adam: m and v, moving averages of the gradient and its square, and
/// w <- w - rate sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon). With `amsgrad` the largest v so far.
/// Options: learning_rate (0.001), beta_1 (0.9), beta_2 (0.999), epsilon (1e-7), `amsgrad`, and those of all optimizers.
/// Source: Kingma and Ba, Adam (2015), the form before section 2.1; Keras, `Adam`.
inline constexpr optimizer_function<detail::adam_formula> adam{};

/// Adam with decoupled weight decay: first w <- w - weight_decay rate w, then `adam`.
/// Options: learning_rate (0.001), weight_decay (0.004), then as `adam`.
/// Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019); Keras, `AdamW`.
inline constexpr optimizer_function<detail::adamw_formula> adamw{};

} // namespace ctgrad
