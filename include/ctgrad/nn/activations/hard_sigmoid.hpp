// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/relu.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

namespace detail {

struct hard_sigmoid_formula {
    static constexpr char name[] = "hard_sigmoid";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return relu6(x + 3_c) / 6_c;
    }
};

struct hard_silu_formula {
    static constexpr char name[] = "hard_silu";
    static constexpr auto defaults = options();
    static constexpr auto of(auto how, auto x) {
        using namespace literals;
        return where(less(x, -3_c), 0_c, x * hard_sigmoid_formula::of(how, x)); // not -inf times 0
    }
};

struct hard_tanh_formula {
    static constexpr char name[] = "hard_tanh";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return clip_by_value(x, -1_c, 1_c);
    }
};

} // namespace detail

/// relu6(x + 3) / 6: 0 up to -3, 1 from 3 on, straight between.
/// Derivative: 1/6 between -3 and 3, 0 outside.
/// Source: Keras 3, `activations.hard_sigmoid` (Keras 2 had
/// another one).
inline constexpr activation_function<detail::hard_sigmoid_formula> hard_sigmoid{};

/// x hard_sigmoid(x), also called hard_swish.
/// Derivative: 0 below -3, (2 x + 3) / 6 between -3 and 3, 1 above.
/// Source: Keras, `activations.hard_silu`.
inline constexpr activation_function<detail::hard_silu_formula> hard_silu{};

/// x limited to [-1, 1].
/// Derivative: 1 between -1 and 1, 0 outside.
/// Source: Keras, `activations.hard_tanh`.
inline constexpr activation_function<detail::hard_tanh_formula> hard_tanh{};

} // namespace ctgrad
