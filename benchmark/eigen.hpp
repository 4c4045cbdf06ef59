// SPDX-License-Identifier: BSL-1.0
#pragma once

// Eigen 3.4 as shipped does not pass our warnings.
#pragma GCC system_header
#include "adam.hpp"
#include "support.hpp"

#include <Eigen/Dense>

#include <algorithm>

namespace bench {

template <int Rows, int Columns>
using matrix = Eigen::Matrix<float, Rows, Columns, Columns == 1 ? Eigen::ColMajor : Eigen::RowMajor>;
template <int Rows, int Columns>
using map = Eigen::Map<matrix<Rows, Columns>, Eigen::Aligned64>;
template <int Rows, int Columns>
using input = Eigen::Map<const matrix<Rows, Columns>, Eigen::Aligned64>;

inline Eigen::Index rows(const problem& given) { return static_cast<Eigen::Index>(given.rows); }

/// What has few columns: with columns that lie together the vectors are full.
template <int Rows, int Columns>
using columns = Eigen::Matrix<float, Rows, Columns, Eigen::ColMajor>;
template <int Rows, int Columns>
using columns_map = Eigen::Map<columns<Rows, Columns>, Eigen::Aligned64>;

/// The mean softmax cross-entropy of rows of logits, which become its gradient.
template <int Columns>
float cross_entropy(columns<Eigen::Dynamic, Columns>& logits, const columns<Eigen::Dynamic, Columns>& labels) {
    auto z = logits.array();
    Eigen::ArrayXf edge = z.col(0);
    for (int c = 1; c < Columns; ++c) edge = edge.max(z.col(c));
    z.colwise() -= edge;
    float loss = -(z * labels.array()).sum();
    z = z.exp();
    edge = z.col(0);
    for (int c = 1; c < Columns; ++c) edge += z.col(c);
    loss += edge.log().sum();
    edge = edge.inverse();
    const float share = 1 / static_cast<float>(logits.rows());
    for (int c = 0; c < Columns; ++c) z.col(c) = (z.col(c) * edge - labels.array().col(c)) * share;
    return loss * share;
}

/// Adam's two moments of a parameter and its step, by Keras' formula.
class eigen_adam {
public:
    eigen_adam(std::size_t size, adam_settings settings) : m_(size), v_(size), how_(settings) {}

    /// One step, in pieces that stay in the first cache; `factor` is `settings.scale(t)`.
    void step(numbers& parameter, const float* slope, float factor) {
        constexpr Eigen::Index piece = 1024;
        const auto size = static_cast<Eigen::Index>(parameter.size());
        for (Eigen::Index i = 0; i < size; i += piece) {
            const Eigen::Index n = std::min(piece, size - i);
            const Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64> g(slope + i, n);
            Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64> w(parameter.data() + i, n), m(m_.data() + i, n), v(v_.data() + i, n);
            m = how_.beta1 * m + (1 - how_.beta1) * g;
            v = how_.beta2 * v + (1 - how_.beta2) * g * g;
            w -= factor * m / (v.sqrt() + how_.epsilon);
        }
    }

private:
    numbers m_, v_;
    adam_settings how_;
};

} // namespace bench
