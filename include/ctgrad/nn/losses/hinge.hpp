// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

/// Labels 0 and 1 as -1 and 1; other labels as they are. One label that is neither leaves all as they are; NaN says nothing, as its
/// example may have weight 0.
template <expression T>
constexpr auto hinge_labels(T t) {
    using namespace literals;
    const auto others = reduce_sum(cast_like(t != 0_c && t != 1_c && t == t, t));
    return where(others == 0_c, 2_c * t - 1_c, t);
}

struct hinge_formula : loss_formula {
    static constexpr char name[] = "hinge";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return reduce_mean(maximum(1_c - hinge_labels(t) * p, 0_c), how.axis());
    }
};

} // namespace detail

/// The mean of max(1 - t p, 0) along the last axis. Labels are -1 and 1; where all of a batch are 0 or 1, they are
/// taken as -1 and 1. Derivative: dp = -t / n within the margin, also at it, else 0. Source: Keras, `Hinge`.
inline constexpr loss_function<detail::hinge_formula> hinge{};

} // namespace ctgrad
