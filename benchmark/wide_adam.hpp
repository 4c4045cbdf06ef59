// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "adam.hpp"
#include "support.hpp"
#include "wide.hpp"

#include <utility>

namespace bench::wide {

/// A parameter with Adam's two moments.
struct adam_parameter {
    numbers w, m, v;

    explicit adam_parameter(numbers start) : w(std::move(start)), m(w.size()), v(w.size()) {}

    /// The step of up to 16 numbers at `i`; `factor` is `how.scale(t)`.
    [[gnu::always_inline]] void step(std::size_t i, f16 slope, const adam_settings& how, float factor) {
        float* m_at = m.data() + i;
        float* v_at = v.data() + i;
        float* w_at = w.data() + i;
        const f16 m_new = load(m_at) * how.beta1 + slope * (1 - how.beta1);
        const f16 v_new = load(v_at) * how.beta2 + slope * slope * (1 - how.beta2);
        store(m_at, m_new);
        store(v_at, v_new);
        store(w_at, load(w_at) - m_new * factor / (wide::sqrt(v_new) + how.epsilon));
    }
    /// The step of all; the slopes lie padded to whole vectors as the parameter does.
    void step(const float* slopes, const adam_settings& how, float factor) {
        for (std::size_t i = 0; i < w.size(); i += lanes) step(i, load(slopes + i), how, factor);
    }
};

} // namespace bench::wide
