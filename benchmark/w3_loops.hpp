// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"
#include "wide.hpp"

#include <algorithm>

/// W3 by hand: softmax regression 784 to 10, gradient descent with rate 0.5.
namespace bench::w3 {

inline constexpr std::size_t pixels = 784, classes = 10;
inline constexpr float rate = 0.5f;

/// Keeps the weights transposed, so that both products run along the pixels with full vectors: 20
/// sums in registers each, and the update at the end of the second.
class loops_peer {
public:
    explicit loops_peer(const problem& given)
        : rows_(given.rows), x_(given.data[0].data()), y_(given.data[1].data()), w_(pixels * classes), b_(wide::lanes),
          slopes_(rows_ * classes + wide::lanes), totals_(rows_ + wide::lanes, 1.0f) {
        for (std::size_t k = 0; k < pixels; ++k)
            for (std::size_t c = 0; c < classes; ++c) w_[c * pixels + k] = given.parameters[0][k * classes + c];
        std::copy_n(given.parameters[1].begin(), classes, b_.begin());
    }

    float step() {
        loss_ = 0;
        bias_slope_ = wide::f16{};
        std::size_t i = 0;
        for (; i + 2 <= rows_; i += 2) forward<2>(i);
        if (i < rows_) forward<1>(i);
        std::size_t k = 0;
        for (; k + 32 <= pixels; k += 32) backward<2>(k);
        if (k < pixels) backward<1>(k);
        using namespace wide;
        store(b_.data(), load(b_.data()) - rate * bias_slope_);
        return (loss_ + sum_of_logs(totals_.data(), rows_)) / static_cast<float>(rows_);
    }

    std::vector<numbers> results() const {
        numbers w(w_.size());
        for (std::size_t k = 0; k < pixels; ++k)
            for (std::size_t c = 0; c < classes; ++c) w[k * classes + c] = w_[c * pixels + k];
        return {w, {b_.begin(), b_.begin() + classes}};
    }

private:
    template <std::size_t Rows>
    void forward(std::size_t row) {
        using namespace wide;
        f16 sum[Rows][lanes]{};
        const float* in = x_ + row * pixels;
        for (std::size_t k = 0; k < pixels; k += lanes) {
            f16 v[Rows];
            unrolled<Rows>([&](auto r) { v[r] = load(in + r * pixels + k); });
            unrolled<classes>([&](auto c) {
                const f16 w = load(w_.data() + c * pixels + k);
                unrolled<Rows>([&](auto r) { sum[r][c] += v[r] * w; });
            });
        }
        unrolled<Rows>([&](auto r) {
            f16 z = sums(sum[r]) + load(b_.data());
            loss_ += cross_entropy_row<classes>(z, y_ + (row + r) * classes, 1 / static_cast<float>(rows_), totals_[row + r]);
            bias_slope_ += z;
            store(slopes_.data() + (row + r) * classes, z, classes);
        });
    }

    template <std::size_t Vectors>
    void backward(std::size_t k) {
        using namespace wide;
        f16 sum[classes][Vectors]{};
        for (std::size_t i = 0; i < rows_; ++i) {
            f16 v[Vectors];
            unrolled<Vectors>([&](auto j) { v[j] = load(x_ + i * pixels + k + j * lanes); });
            unrolled<classes>([&](auto c) {
                const f16 slope = all(slopes_[i * classes + c]);
                unrolled<Vectors>([&](auto j) { sum[c][j] += v[j] * slope; });
            });
        }
        unrolled<classes>([&](auto c) {
            unrolled<Vectors>([&](auto j) {
                float* w = w_.data() + c * pixels + k + j * lanes;
                store(w, load(w) - rate * sum[c][j]);
            });
        });
    }

    std::size_t rows_;
    const float* x_;
    const float* y_;
    numbers w_, b_, slopes_, totals_;
    wide::f16 bias_slope_{};
    float loss_ = 0;
};

} // namespace bench::w3
