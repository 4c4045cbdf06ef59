// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct huber_formula : loss_formula {
    static constexpr char name[] = "huber";
    static constexpr auto defaults = [] {
        using namespace literals;
        return loss_options(delta = 1_c);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto e = p - t;
        const auto d = how[delta];
        return reduce_mean(where(abs(e) <= d, 0.5_c * square(e), d * abs(e) - 0.5_c * square(d)), how.axis());
    }
};

} // namespace detail

/// The mean along the last axis of e^2 / 2 where |e| <= delta, else delta |e| - delta^2 / 2, with e = p - t.
/// `delta` is 1. Derivative: dp = e / n within delta, also at it, else delta sign(e) / n. Source: Keras, `Huber`.
inline constexpr loss_function<detail::huber_formula> huber{};

} // namespace ctgrad
