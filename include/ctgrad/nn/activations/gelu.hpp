// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/erf.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/tanh.hpp>

namespace ctgrad {

/// By tanh instead of erf: `gelu(x, approximate)`.
struct approximate_t : flag<approximate_t> {
    static constexpr fixed_string name = "approximate";
};
inline constexpr approximate_t approximate{};

namespace detail {

struct gelu_formula {
    static constexpr std::string_view name = "gelu";
    static constexpr auto defaults = options(approximate);

    static constexpr auto of(auto how, auto x) {
        using namespace literals;
        if constexpr (how.has(approximate))
            return 0.5_c * x * (1_c + tanh(0.7978845608028654_c * (x + 0.044715_c * x * x * x)));
        else
            return 0.5_c * x * (1_c + erf(0.7071067811865476_c * x));
    }
};

} // namespace detail

/// x by the probability that a normal number is less: x/2 (1 + erf(x / sqrt 2)); after `approximate`
/// x/2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). Source: Hendrycks and Gimpel 2016; Keras, `activations.gelu`.
inline constexpr activation_function<detail::gelu_formula> gelu{};

} // namespace ctgrad
