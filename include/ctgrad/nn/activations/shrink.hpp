// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/relu.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/tanh_shrink.hpp>

namespace ctgrad {

namespace detail {

inline constexpr auto half_threshold = [] {
    using namespace literals;
    return options(threshold = 0.5_c);
}();

struct soft_shrink_formula {
    static constexpr char name[] = "soft_shrink";
    static constexpr auto defaults = half_threshold;
    static constexpr auto of(auto how, auto x) {
        const auto limit = how[threshold];
        return where(greater(x, limit), x - limit, where(less(x, -limit), x + limit, literal<0>{}));
    }
};

struct hard_shrink_formula {
    static constexpr char name[] = "hard_shrink";
    static constexpr auto defaults = half_threshold;
    static constexpr auto of(auto how, auto x) { return where(greater(abs(x), how[threshold]), x, literal<0>{}); }
};

struct tanh_shrink_formula {
    static constexpr char name[] = "tanh_shrink";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return apply<tanh_shrink_op>(x); }
};

} // namespace detail

/// x brought nearer to 0 by `threshold`, 0.5 if none is given: x - threshold, x + threshold or 0.
/// Derivative: 1 where |x| > threshold, else 0.
/// Source: Keras, `activations.soft_shrink`.
inline constexpr activation_function<detail::soft_shrink_formula> soft_shrink{};

/// x where |x| > `threshold`, 0.5 if none is given, else 0.
/// Derivative: 1 where |x| > threshold, else 0.
/// Source: Keras, `activations.hard_shrink`.
inline constexpr activation_function<detail::hard_shrink_formula> hard_shrink{};

/// x - tanh x, near 0 x^3 / 3 with all digits.
/// Derivative: (tanh x)^2.
/// Source: Keras, `activations.tanh_shrink`.
inline constexpr activation_function<detail::tanh_shrink_formula> tanh_shrink{};

} // namespace ctgrad
