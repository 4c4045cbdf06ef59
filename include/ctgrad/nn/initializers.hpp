// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <span>

namespace ctgrad {

/// Fills a new variable: anything with `fill(span of elements, shape)`. The numbers depend on the seed
/// alone, not on compiler or standard library (Boost.Random).
template <class I, class T>
concept initializer_for = requires(const I& i, std::span<T> elements, const tensor_shape& shape) { i.fill(elements, shape); };

/// The same number everywhere.
struct constant_initializer {
    double value = 0;

    template <class T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        for (T& e : elements) e = static_cast<T>(value);
    }
};
constexpr constant_initializer zeros() { return {0}; }
constexpr constant_initializer ones() { return {1}; }
constexpr constant_initializer fill(double value) { return {value}; }

/// Normally distributed numbers.
struct random_normal {
    double mean = 0;
    double stddev = 0.05;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        if (!(stddev >= 0)) fail("ctgrad: random_normal needs stddev >= 0");
        boost::random::mt19937_64 engine(seed);
        boost::random::normal_distribution<double> draw(mean, stddev);
        for (T& e : elements) e = static_cast<T>(draw(engine));
    }
};

/// Evenly distributed numbers in [minval, maxval).
struct random_uniform {
    double minval = -0.05;
    double maxval = 0.05;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        if (!(minval < maxval)) fail("ctgrad: random_uniform needs minval < maxval");
        boost::random::mt19937_64 engine(seed);
        boost::random::uniform_real_distribution<double> draw(minval, maxval);
        for (T& e : elements) e = static_cast<T>(draw(engine));
    }
};

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

/// Evenly distributed in [-limit, limit) with limit = sqrt(6 / (fan_in + fan_out)).
/// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
/// networks (2010); the kernel default of Keras' Dense.
struct glorot_uniform {
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        const fans f = fans_of(shape);
        const double limit = std::sqrt(6 / (f.in + f.out));
        random_uniform{-limit, limit, seed}.fill(elements, shape);
    }
};

} // namespace ctgrad
