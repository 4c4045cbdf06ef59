// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

/// Data out of nothing, the same on every machine.
namespace made_up {

/// Numbers in [low, high).
inline std::vector<float> uniform(std::size_t count, float low, float high, unsigned seed) {
    std::mt19937 engine{seed};
    std::vector<float> numbers(count);
    for (float& e : numbers) e = low + (high - low) * static_cast<float>(engine() >> 8U) / 16777216.0F;
    return numbers;
}

/// Rows of 0 with a 1 for one of `classes`.
inline std::vector<float> one_hot(std::size_t rows, std::size_t classes, unsigned seed) {
    std::mt19937 engine{seed};
    std::vector<float> labels(rows * classes);
    for (std::size_t i = 0; i < rows; ++i) labels[i * classes + engine() % classes] = 1.0F;
    return labels;
}

} // namespace made_up
