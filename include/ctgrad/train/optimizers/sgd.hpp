// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

namespace detail {

struct sgd_formula {
    static constexpr char name[] = "sgd";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.01_c, momentum = 0_c, nesterov);
    }();
    static constexpr void update(auto& at) {
        const auto down = at[learning_rate] * at.gradient;
        if (is_constant(at[momentum], 0)) {
            at.assign(at.variable, at.variable - down);
            return;
        }
        const auto m = at[momentum] * at.slot(slots::momentum) - down;
        at.assign(at.slot(slots::momentum), m);
        at.assign(at.variable, at.variable + (at.has(nesterov) ? at[momentum] * m - down : m));
    }
};

} // namespace detail

/// Gradient descent, w <- w - rate g, or with momentum: m <- momentum m - rate g, w <- w + m; with `nesterov`
/// w <- w + momentum m - rate g.
/// Options: learning_rate (0.01), momentum (0), `nesterov`, and those of all optimizers.
/// Source: Keras, `SGD`.
inline constexpr optimizer_function<detail::sgd_formula> sgd{};

} // namespace ctgrad
