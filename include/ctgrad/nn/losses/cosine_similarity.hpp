// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

namespace detail {

struct cosine_similarity_formula : loss_formula {
    static constexpr std::string_view name = "cosine_similarity";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        const auto direction = [how](auto x) { return x * rsqrt(maximum(reduce_sum(square(x), how.axis(), keepdims), literal<least>{})); };
        return -reduce_sum(direction(t) * direction(p), how.axis());
    }

private:
    static constexpr std::uint64_t least = std::bit_cast<std::uint64_t>(1e-14); // 1e-7 squared
};

} // namespace detail

/// Minus the cosine of the angle between t and p along the last axis (`axis<...>`): -sum of t / |t| p / |p|, where a
/// length is at least 1e-7. In [-1, 1], -1 where they point the same way. Source: Keras, `CosineSimilarity`.
inline constexpr loss_function<detail::cosine_similarity_formula> cosine_similarity{};

} // namespace ctgrad
