// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/initializers/initializer.hpp>

namespace ctgrad {

/// The same number everywhere.
struct constant_initializer {
    double value = 0;

    template <class T>
    void fill(std::span<T> elements, const tensor_shape&) const {
        for (T& e : elements) e = static_cast<T>(value);
    }
};
/// Zeros: as an initial value `zeros()`; of `gradient` what `unconnected = zeros` asks for.
struct zeros_function {
    static constexpr bool are_zeros = true;
    constexpr constant_initializer operator()() const { return {0}; }
};
inline constexpr zeros_function zeros{};
constexpr constant_initializer ones() { return {1}; }
constexpr constant_initializer fill(double value) { return {value}; }

/// `ones()` as the default of an option.
struct one_initializer : constant_initializer {
    constexpr one_initializer() : constant_initializer{1} {}
};

/// `gain` times the identity matrix, which need not be square.
/// Throws `ctgrad::error` for what is no matrix. Source: Keras, `Identity`.
struct identity {
    double gain = 1;

    template <class T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        if (shape.rank != 2) fail("ctgrad: identity fills matrices only");
        const auto columns = static_cast<std::size_t>(shape[1].extent);
        for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = static_cast<T>(i / columns == i % columns ? gain : 0);
    }
};

} // namespace ctgrad
