// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/nn/initializers/random.hpp>

#include <vector>

namespace ctgrad {

namespace detail {

/// Makes the rows of `a`, each of `length` numbers and not more than that, orthonormal in their order (Gram and Schmidt, each
/// twice): what a QR decomposition with a positive diagonal gives.
void make_orthonormal(auto& a, std::size_t length) {
    for (std::size_t row = 0; row < a.size(); row += length)
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t done = 0; done < row; done += length) {
                double along = 0;
                for (std::size_t i = 0; i < length; ++i) along += a[row + i] * a[done + i];
                for (std::size_t i = 0; i < length; ++i) a[row + i] -= along * a[done + i];
            }
            double squares = 0;
            for (std::size_t i = 0; i < length; ++i) squares += a[row + i] * a[row + i];
            for (std::size_t i = 0; i < length; ++i) a[row + i] /= simd::sqrt(squares);
        }
}

} // namespace detail

/// `gain` times a random matrix with orthonormal columns, or rows if these are fewer; all axes but the last count as rows.
/// Throws `ctgrad::error` for a vector. Source: Saxe et al., Exact solutions to the nonlinear dynamics of learning in deep
/// linear neural networks (2014); Keras, `Orthogonal`.
struct orthogonal {
    double gain = 1;
    std::uint64_t seed = 0;

    template <std::floating_point T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        if (shape.rank < 2) fail("ctgrad: orthogonal fills tensors of rank 2 or more");
        const auto columns = static_cast<std::size_t>(shape[shape.rank - 1].extent);
        const std::size_t rows = elements.size() / columns;
        std::vector<deferred_t<double, T>> a(elements.size());
        detail::fill_randomly(a.data(), a.size(), seed, [](auto& at) { return at.normal(); });
        const bool wide = rows < columns;
        detail::make_orthonormal(a, wide ? columns : rows);
        for (std::size_t i = 0; i < a.size(); ++i) elements[i] = static_cast<T>(gain * a[wide ? i : i % columns * rows + i / columns]);
    }
};

} // namespace ctgrad
