// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/nn/activations/gate.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/tanh.hpp>

namespace ctgrad {

namespace detail {

struct silu_formula {
    static constexpr char name[] = "silu";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return gated(x, 800_c, sigmoid);
    }
};

struct mish_formula {
    static constexpr char name[] = "mish";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return gated(x, 800_c, [](auto z) { return tanh(softplus(z)); });
    }
};

struct log_sigmoid_formula {
    static constexpr char name[] = "log_sigmoid";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return -softplus(-x); }
};

} // namespace detail

/// x sigmoid(x), also called swish.
/// Derivative: sigmoid(x) (1 + x (1 - sigmoid(x))).
/// Source: Keras, `activations.silu`.
inline constexpr activation_function<detail::silu_formula> silu{};

/// x tanh(ln(1 + e^x)).
/// Derivative: tanh(s) + x (1 - tanh(s)^2) sigmoid(x) with s = ln(1 + e^x).
/// Source: Misra 2019; Keras, `activations.mish`.
inline constexpr activation_function<detail::mish_formula> mish{};

/// ln(1 / (1 + e^-x)), without overflow.
/// Derivative: sigmoid(-x).
/// Source: Keras, `activations.log_sigmoid`.
inline constexpr activation_function<detail::log_sigmoid_formula> log_sigmoid{};

} // namespace ctgrad
