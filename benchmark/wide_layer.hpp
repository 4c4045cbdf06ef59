// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support.hpp"
#include "wide.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace bench::wide {

/// A small layer of a network with sixteen examples in the lanes: its weights, then its biases, with room for whole vectors.
/// A bias is a weight of an input that is 1.
template <std::size_t In, std::size_t Out>
struct layer {
    static constexpr std::size_t vectors = ((In + 1) * Out + lanes - 1) / lanes;
    alignas(64) float w[vectors * lanes]{};

    layer(const numbers& weights, const numbers& biases) {
        std::copy(weights.begin(), weights.end(), w);
        std::copy(biases.begin(), biases.end(), w + In * Out);
    }
    std::span<const float> weights() const { return {w, In * Out}; }
    std::span<const float> biases() const { return {w + In * Out, Out}; }

    /// One output for 16 examples.
    template <std::size_t O>
    f16 forward(const f16 (&in)[In + 1]) const {
        f16 a = all(w[In * Out + O]), b{};
        unrolled<In / 2>([&](auto i) {
            a += in[2 * i] * w[2 * i * Out + O];
            b += in[2 * i + 1] * w[(2 * i + 1) * Out + O];
        });
        return a + b;
    }

    /// Calls `use(at, slope)` with the gradients of 16 weights at a time, those from `at` on, by the inputs and the outputs' gradients of
    /// all groups of 16 examples.
    template <class Use>
    static void slopes(const std::vector<std::array<f16, In + 1>>& in, const std::vector<std::array<f16, Out>>& out, Use use) {
        unrolled<vectors>([&](auto part) {
            f16 sum[lanes]{};
            for (std::size_t g = 0; g < in.size(); ++g)
                unrolled<lanes>([&](auto lane) {
                    constexpr std::size_t i = part * lanes + lane;
                    if constexpr (i < (In + 1) * Out) sum[lane] += in[g][i / Out] * out[g][i % Out];
                });
            use(part * lanes, sums(sum));
        });
    }
};

} // namespace bench::wide
