// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/nn/activations/gate.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/ndtr.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

/// By tanh instead of erf: `gelu(x, approximate)`.
struct approximate_t : flag<approximate_t, "approximate"> {};
inline constexpr approximate_t approximate{};

namespace detail {

struct gelu_formula {
    static constexpr char name[] = "gelu";
    static constexpr auto defaults = options(approximate);

    static constexpr auto of(auto how, auto x) {
        using namespace literals;
        if constexpr (how.has(approximate))
            return gated(x, 40_c, [](auto z) {
                const auto bounded = where(greater(z, 40_c), 40_c, z); // its cube may overflow
                return sigmoid(bounded * (1.5957691216057308_c + 0.0713548162726002_c * square(bounded)));
            });
        else
            return gated(x, 40_c, ndtr);
    }
};

} // namespace detail

/// x by the probability that a normal number is less: x/2 (1 + erf(x / sqrt 2)); after `approximate`
/// x/2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), by sigmoid(2u) = (1 + tanh u) / 2. Both keep their digits where
/// they are small, as 1 + erf does not.
/// Derivative: N(x) + x n(x), N the probability and n the density of a normal number; after `approximate` that of its formula.
/// Source: Hendrycks and Gimpel 2016; Keras, `activations.gelu`.
inline constexpr activation_function<detail::gelu_formula> gelu{};

} // namespace ctgrad
