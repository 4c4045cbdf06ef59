// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace metamorphic {

using numbers = std::vector<double>;

inline constexpr std::size_t columns = 3;

/// Examples: rows of truth and prediction, and a weight for each.
struct batch {
    numbers truth, prediction, weight;

    std::size_t size() const { return weight.size(); }
};

/// Numbers in (0.05, 0.95), the same each time.
inline batch made_up(std::size_t rows) {
    batch b;
    std::uint64_t state = 12345;
    const auto next = [&] {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return 0.05 + 0.9 * static_cast<double>(state >> 40) / static_cast<double>(1u << 24);
    };
    for (std::size_t i = 0; i < rows * columns; ++i) {
        b.truth.push_back(next());
        b.prediction.push_back(next());
    }
    for (std::size_t i = 0; i < rows; ++i) b.weight.push_back(0.5 + next());
    return b;
}

/// The examples of these numbers, in that order, also several times.
inline batch chosen(const batch& from, const std::vector<std::size_t>& rows) {
    batch b;
    for (std::size_t row : rows) {
        for (std::size_t c = 0; c < columns; ++c) {
            b.truth.push_back(from.truth[row * columns + c]);
            b.prediction.push_back(from.prediction[row * columns + c]);
        }
        b.weight.push_back(from.weight[row]);
    }
    return b;
}

inline batch scaled(batch b, double factor) {
    for (numbers* list : {&b.truth, &b.prediction})
        for (double& v : *list) v *= factor;
    return b;
}

} // namespace metamorphic
