// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/stop_gradient.hpp>

namespace ctgrad {

namespace detail {

struct cosine_similarity_formula : loss_formula {
    static constexpr char name[] = "cosine_similarity";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) { return -reduce_sum(direction(how, t) * direction(how, p), how.axis()); }

private:
    /// x divided by its length. It is first divided by its largest element, so that no square overflows or underflows.
    static constexpr auto direction(auto how, auto x) {
        using namespace literals;
        const auto largest = stop_gradient(reduce_max(abs(x), how.axis(), keepdims));
        const auto scaled = x / where(largest == 0_c, 1_c, largest);
        return scaled * rsqrt(maximum(reduce_sum(square(scaled), how.axis(), keepdims), 0.5_c)); // the sum is 0, or from 1 on
    }
};

} // namespace detail

/// Minus the cosine of the angle between t and p along the last axis (`axis<...>`): -sum of t / |t| p / |p|, and 0
/// if one of them is 0. In [-1, 1], -1 where they point the same way.
/// Derivative: dp = (c p / |p| - t / |t|) / |p|, c being the cosine.
/// Source: Keras, `CosineSimilarity`.
inline constexpr loss_function<detail::cosine_similarity_formula> cosine_similarity{};

} // namespace ctgrad
