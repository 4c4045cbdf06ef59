// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

namespace bench {

/// Adam for ctgrad, with Keras' formula. `Step` is the number of the step, from 1.
template <ctgrad::expression Rate, ctgrad::expression Step>
struct adam_optimizer {
    static constexpr void update(ctgrad::optimizer_step& at) {
        const auto rate = at.number(Rate{}), t = at.number(Step{});
        const auto m = 0.9 * at.slot(0) + 0.1 * at.gradient;
        const auto v = 0.999 * at.slot(1) + 0.001 * ctgrad::square(at.gradient);
        const auto scale = rate * ctgrad::sqrt(1.0 - ctgrad::pow(0.999, t)) / (1.0 - ctgrad::pow(0.9, t));
        at.assign(at.slot(0), m);
        at.assign(at.slot(1), v);
        at.assign(at.variable, at.variable - scale * m / (ctgrad::sqrt(v) + 1e-7));
    }
};

template <ctgrad::expression Rate, ctgrad::expression Step>
constexpr adam_optimizer<Rate, Step> adam(Rate, Step) {
    return {};
}

} // namespace bench
