// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/binary_crossentropy.hpp>
#include <ctgrad/ops/pow.hpp>

namespace ctgrad {

namespace detail {

struct binary_focal_crossentropy_formula : loss_formula {
    static constexpr std::string_view name = "binary_focal_crossentropy";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return loss_options(alpha = 0.25_c, gamma = 2_c, label_smoothing = 0_c, apply_class_balancing, from_logits);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto y = smoothed(how, t, 2_c);
        if constexpr (how.has(from_logits))
            return reduce_mean(focused(how, y, sigmoid(p)) * entropy_of_clipped(y, sigmoid(p)), how.axis());
        else
            return reduce_mean(focused(how, y, p) * entropy_of_probabilities(y, p), how.axis());
    }

private:
    static constexpr auto focused(auto how, auto y, auto p) {
        using namespace literals;
        const auto easy = y * p + (1_c - y) * (1_c - p);
        const auto factor = pow(1_c - easy, how[gamma]);
        if constexpr (how.has(apply_class_balancing))
            return (y * how[alpha] + (1_c - y) * (1_c - how[alpha])) * factor;
        else
            return factor;
    }
};

} // namespace detail

/// The mean along the last axis (`axis<...>`) of (1 - e)^gamma times the terms of `binary_crossentropy`, with
/// e = t p + (1 - t)(1 - p), so that easy examples count less. `gamma` is 2. `apply_class_balancing` multiplies by
/// t alpha + (1 - t)(1 - alpha), `alpha` is 0.25. `from_logits`: p becomes sigmoid(p).
/// Source: Keras, `BinaryFocalCrossentropy`; Lin et al., Focal Loss for Dense Object Detection (2017).
inline constexpr loss_function<detail::binary_focal_crossentropy_formula> binary_focal_crossentropy{};

} // namespace ctgrad
