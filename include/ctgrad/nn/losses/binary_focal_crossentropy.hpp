// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/binary_crossentropy.hpp>
#include <ctgrad/nn/losses/focus.hpp>
#include <ctgrad/ops/exp.hpp>

namespace ctgrad {

namespace detail {

struct binary_focal_crossentropy_formula : loss_formula {
    static constexpr char name[] = "binary_focal_crossentropy";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return loss_options(alpha = 0.25_c, gamma = 2_c, label_smoothing = 0_c, apply_class_balancing, from_logits);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        const auto y = smoothed(how, t, two);
        if constexpr (how.has(from_logits))
            return reduce_mean(balanced(how, y, of_logits(how, y, p)), how.axis());
        else if constexpr (constexpr std::uint64_t scores = sigmoid_logits(decltype(p)::root()); scores != 0)
            return reduce_mean(balanced(how, y, of_logits(how, y, expr<scores>{})), how.axis());
        else
            return reduce_mean(balanced(how, y, of_probabilities(how, y, p)), how.axis());
    }

private:
    static constexpr literal<std::bit_cast<std::uint64_t>(1.0)> one{};
    static constexpr literal<std::bit_cast<std::uint64_t>(2.0)> two{};

    /// The probability of the wrong class to the power gamma, by its logarithm: neither it nor the slope of the power, infinite
    /// at 0 for gamma < 1, overflows or is lost. Of labels 0 and 1 that logarithm is a softplus.
    static constexpr auto of_logits(auto how, auto y, auto z) {
        const auto mixed = y * sigmoid(-z) + (one - y) * sigmoid(z);
        const auto log_wrong = where(equal(y, one), -softplus(z), where(equal(y, literal<0>{}), -softplus(-z), log(mixed)));
        return exp(how[gamma] * log_wrong) * sigmoid_cross_entropy_formula::of(y, z);
    }
    /// A certain and right prediction, p = y, has loss and slope 0.
    static constexpr auto of_probabilities(auto how, auto y, auto p) {
        using namespace literals;
        const auto entropy = -(y * log(clip_by_value(p, 1e-7_c, one)) + (one - y) * log1p(-clip_by_value(p, 0_c, one - 1e-7_c)));
        return focus(how, y * (one - p) + (one - y) * p) * entropy;
    }
    static constexpr auto balanced(auto how, auto y, auto loss) {
        if constexpr (how.has(apply_class_balancing))
            return (y * how[alpha] + (one - y) * (one - how[alpha])) * loss;
        else
            return loss;
    }
};

} // namespace detail

/// The mean along the last axis (`axis<...>`) of (1 - e)^gamma times the terms of `binary_crossentropy`, with
/// e = t p + (1 - t)(1 - p), so that easy examples count less. `gamma` is 2. `apply_class_balancing` multiplies by
/// t alpha + (1 - t)(1 - alpha), `alpha` is 0.25. `from_logits`: p becomes sigmoid(p), and the
/// loss has its digits for any score.
/// Source: Keras, `BinaryFocalCrossentropy`; Lin et al., Focal Loss for Dense Object Detection (2017).
inline constexpr loss_function<detail::binary_focal_crossentropy_formula> binary_focal_crossentropy{};

} // namespace ctgrad
