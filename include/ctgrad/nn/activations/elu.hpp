// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/expm1.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

namespace detail {

/// `negative` where x < 0, else x: at 0 its derivative is that of x.
constexpr auto unless_negative(auto x, auto negative) { return where(less(x, literal<0>{}), negative, x); }

struct elu_formula {
    static constexpr char name[] = "elu";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(alpha = 1_c);
    }();
    static constexpr auto of(auto how, auto x) { return unless_negative(x, how[alpha] * expm1(x)); }
};

struct celu_formula {
    static constexpr char name[] = "celu";
    static constexpr auto defaults = elu_formula::defaults;
    static constexpr auto of(auto how, auto x) { return unless_negative(x, how[alpha] * expm1(x / how[alpha])); }
};

struct selu_formula {
    static constexpr char name[] = "selu";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return 1.0507009873554805_c * unless_negative(x, 1.6732632423543772_c * expm1(x));
    }
};

} // namespace detail

/// x where x >= 0, else `alpha` (e^x - 1), alpha = 1 if none is given. Derivative at 0: 1. Source: Keras, `activations.elu`.
inline constexpr activation_function<detail::elu_formula> elu{};

/// x where x >= 0, else `alpha` (e^(x / alpha) - 1): smooth at 0 for any alpha, 1 if none is given.
/// Derivative: 1 where x >= 0, else e^(x / alpha).
/// Source: Keras, `activations.celu`.
inline constexpr activation_function<detail::celu_formula> celu{};

/// 1.0507 x where x >= 0, else 1.0507 1.6733 (e^x - 1): keeps mean 0 and variance 1. Derivative at 0: 1.0507.
/// Source: Klambauer et al. 2017; Keras, `activations.selu`.
inline constexpr activation_function<detail::selu_formula> selu{};

} // namespace ctgrad
