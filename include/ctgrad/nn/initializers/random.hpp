// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/initializers/initializer.hpp>
#include <ctgrad/simd/log.hpp>
#include <ctgrad/simd/sqrt.hpp>
#include <ctgrad/simd/threefry.hpp>
#include <ctgrad/simd/trigonometric.hpp>

namespace ctgrad {

namespace detail {

/// Random numbers of a tensor: each depends on seed, position and how many were drawn there before (Threefry).
/// @tparam Real, Word doubles of two words of 32 bits; a template, so that it is compiled where something is drawn.
template <class Real = double, class Word = std::uint32_t>
class random_element {
public:
    constexpr random_element(std::uint64_t number, std::size_t position)
        : key_{low_word(number), high_word(number)}, position_(static_cast<Word>(position)) {}

    /// Evenly distributed in [0, 1), in steps of 2^-53.
    constexpr Real uniform() {
        const auto words = simd::threefry({position_, drawn_++}, key_);
        return (static_cast<Real>(words.first >> 5) * 0x1p26 + static_cast<Real>(words.second >> 6)) * 0x1p-53;
    }
    /// With mean 0 and standard deviation 1, by Box and Muller's method.
    constexpr Real normal() {
        const Real radius = simd::sqrt(-2 * simd::log(1 - uniform()));
        return radius * simd::cos(6.283185307179586 * uniform());
    }
    /// The same, drawn again until it lies within 2 standard deviations.
    constexpr Real truncated_normal() {
        Real drawn = normal();
        while (drawn < -2 || drawn > 2) drawn = normal();
        return drawn;
    }

private:
    static constexpr Word low_word(std::uint64_t x) { return static_cast<Word>(x); }
    static constexpr Word high_word(std::uint64_t x) { return static_cast<Word>(x >> 32); }

    simd::word_pair<Word> key_;
    Word position_, drawn_ = 0;
};

/// Calls `draw(random_element)` for each of `count` elements.
template <class T, class Draw>
void fill_randomly(T* elements, std::size_t count, std::uint64_t number, Draw draw) {
    for (std::size_t i = 0; i < count; ++i) {
        random_element<> at(number, i);
        elements[i] = static_cast<T>(draw(at));
    }
}

} // namespace detail

/// Normally distributed numbers.
/// Throws `ctgrad::error` for a negative stddev. Source: Keras, `RandomNormal`.
struct random_normal {
    double mean = 0;
    double stddev = 0.05;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        if (!(stddev >= 0)) fail("ctgrad: random_normal needs stddev >= 0");
        detail::fill_randomly(elements.data(), elements.size(), seed, [this](auto& at) { return mean + stddev * at.normal(); });
    }
};

/// Normally distributed numbers, drawn again where they lie 2 stddev or more from the mean.
/// Throws `ctgrad::error` for a negative stddev. Source: Keras, `TruncatedNormal`.
struct truncated_normal {
    double mean = 0;
    double stddev = 0.05;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        if (!(stddev >= 0)) fail("ctgrad: truncated_normal needs stddev >= 0");
        detail::fill_randomly(elements.data(), elements.size(), seed, [this](auto& at) { return mean + stddev * at.truncated_normal(); });
    }
};

/// Evenly distributed numbers in [minval, maxval).
/// Throws `ctgrad::error` unless minval < maxval. Source: Keras, `RandomUniform`.
struct random_uniform {
    double minval = -0.05;
    double maxval = 0.05;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        if (!(minval < maxval)) fail("ctgrad: random_uniform needs minval < maxval");
        detail::fill_randomly(elements.data(), elements.size(), seed,
                              [this](auto& at) { return minval + (maxval - minval) * at.uniform(); });
    }
};

} // namespace ctgrad
