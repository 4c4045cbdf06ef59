// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/idx.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// The MNIST digits as the examples train on them.
namespace mnist {

inline constexpr std::size_t pixels = 784;
inline constexpr std::size_t classes = 10;

/// Examples one after the other: pixels from 0 to 1, and which digit it is.
struct digits {
    std::vector<float> images;
    std::vector<std::int32_t> labels;
    [[nodiscard]] std::size_t size() const { return labels.size(); }

    /// The labels as rows of 0 with a 1 for the digit.
    [[nodiscard]] std::vector<float> one_hot() const {
        std::vector<float> rows(size() * classes);
        for (std::size_t i = 0; i < size(); ++i) rows[i * classes + static_cast<std::size_t>(labels[i])] = 1.0F;
        return rows;
    }
};

/// Reads the images and labels of one MNIST set: `train` or `t10k`.
inline digits load(const std::filesystem::path& folder, const std::string& set) {
    const auto images = ctgrad::idx::read<std::uint8_t>((folder / (set + "-images-idx3-ubyte")).string());
    const auto labels = ctgrad::idx::read<std::uint8_t>((folder / (set + "-labels-idx1-ubyte")).string());
    if (images.data.size() != labels.data.size() * pixels)
        throw ctgrad::error{"the images and labels of " + set + " do not belong together"};
    if (std::ranges::any_of(labels.data, [](std::uint8_t label) { return label >= classes; }))
        throw ctgrad::error{"a label of " + set + " is not a digit"};
    digits result{std::vector<float>(images.data.size()), {labels.data.begin(), labels.data.end()}};
    std::ranges::transform(images.data, result.images.begin(), [](std::uint8_t ink) { return static_cast<float>(ink) / 255.0F; });
    return result;
}

} // namespace mnist
