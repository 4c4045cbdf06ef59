// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/hinge.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

namespace detail {

struct squared_hinge_formula : loss_formula {
    static constexpr char name[] = "squared_hinge";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return reduce_mean(square(maximum(1_c - hinge_labels(t) * p, 0_c)), how.axis());
    }
};

} // namespace detail

/// The mean of max(1 - t p, 0)^2 along the last axis, labels as for `hinge`.
/// Derivative: dp = -2 t max(1 - t p, 0) / n.
/// Source: Keras, `SquaredHinge`.
inline constexpr loss_function<detail::squared_hinge_formula> squared_hinge{};

} // namespace ctgrad
