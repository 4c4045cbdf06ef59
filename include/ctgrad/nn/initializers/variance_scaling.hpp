// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/initializers/random.hpp>

namespace ctgrad {

/// The fans of a weight tensor: its last two extents, times the receptive field before them; a
/// vector counts for both.
struct fans {
    double in = 1;
    double out = 1;
};
constexpr fans fans_of(const tensor_shape& shape) {
    if (shape.rank == 0) return {};
    const auto extent = [&shape](int axis) { return static_cast<double>(shape[axis].extent); };
    if (shape.rank == 1) return {extent(0), extent(0)};
    double field = 1;
    for (int k = 0; k < shape.rank - 2; ++k) field *= extent(k);
    return {field * extent(shape.rank - 2), field * extent(shape.rank - 1)};
}

/// What a variance is divided by.
enum class fan_mode : std::uint8_t { fan_in, fan_out, fan_avg };

/// How random numbers are spread; `truncated_normal` ones lie within 2 standard deviations, which are chosen so that the
/// variance is the same.
enum class distribution : std::uint8_t { truncated_normal, untruncated_normal, uniform };

/// Numbers of mean 0 and variance scale / fan.
/// Throws `ctgrad::error` unless scale > 0. Source: Keras, `VarianceScaling`.
struct variance_scaling {
    double scale = 1;
    fan_mode mode = fan_mode::fan_in;
    ctgrad::distribution distribution = ctgrad::distribution::truncated_normal;
    std::uint64_t seed = 0;

    /// The variance for a tensor of that shape.
    constexpr double variance(const tensor_shape& shape) const {
        const fans f = fans_of(shape);
        const double fan = mode == fan_mode::fan_in ? f.in : mode == fan_mode::fan_out ? f.out : (f.in + f.out) / 2;
        return scale / (fan > 1 ? fan : 1);
    }

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        if (!(scale > 0)) fail("ctgrad: variance_scaling needs scale > 0");
        constexpr double of_truncated = 0.87962566103423978; // the standard deviation of what is cut at 2
        const double stddev = simd::sqrt(variance(shape)), limit = simd::sqrt(3 * variance(shape));
        switch (distribution) {
        case ctgrad::distribution::truncated_normal: return truncated_normal{0, stddev / of_truncated, seed}.fill(elements, shape);
        case ctgrad::distribution::untruncated_normal: return random_normal{0, stddev, seed}.fill(elements, shape);
        case ctgrad::distribution::uniform: return random_uniform{-limit, limit, seed}.fill(elements, shape);
        }
    }
};

namespace detail {

/// A named kind of `variance_scaling`, of which only the seed is free.
template <int Scale, fan_mode Mode, distribution Distribution>
struct scaled_by_fan {
    std::uint64_t seed = 0;

    static constexpr double variance(const tensor_shape& shape) { return variance_scaling{Scale, Mode, Distribution}.variance(shape); }
    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        variance_scaling{Scale, Mode, Distribution, seed}.fill(elements, shape);
    }
};

} // namespace detail

/// Evenly distributed in [-limit, limit) with limit = sqrt(6 / (fan_in + fan_out)), or normally with variance
/// 2 / (fan_in + fan_out), truncated.
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
/// networks (2010); the kernel default of Keras' Dense.
using glorot_uniform = detail::scaled_by_fan<1, fan_mode::fan_avg, distribution::uniform>;
using glorot_normal = detail::scaled_by_fan<1, fan_mode::fan_avg, distribution::truncated_normal>;

/// Evenly distributed with limit sqrt(6 / fan_in), or normally with variance 2 / fan_in, truncated.
/// Source: He et al., Delving deep into rectifiers (2015).
using he_uniform = detail::scaled_by_fan<2, fan_mode::fan_in, distribution::uniform>;
using he_normal = detail::scaled_by_fan<2, fan_mode::fan_in, distribution::truncated_normal>;

/// Evenly distributed with limit sqrt(3 / fan_in), or normally with variance 1 / fan_in, truncated.
/// Source: LeCun et al., Efficient backprop (1998).
using lecun_uniform = detail::scaled_by_fan<1, fan_mode::fan_in, distribution::uniform>;
using lecun_normal = detail::scaled_by_fan<1, fan_mode::fan_in, distribution::truncated_normal>;

} // namespace ctgrad
