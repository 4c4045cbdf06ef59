// SPDX-License-Identifier: BSL-1.0

// W3: softmax regression 784 to 10, gradient descent with rate 0.5.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t pixels = 784, classes = 10;
constexpr float rate = 0.5f;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = ct::matmul(x, W) + b));
constexpr auto training = ct::minimize(loss, ct::gradient_descent(0.5_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]), train_(training, W = given.parameters[0], b = given.parameters[1]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const { return {bench::copy(train_[W]), bench::copy(train_[b])}; }

private:
    std::span<const float> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

/// Keeps the weights transposed, so that both products run along the pixels with full vectors: 20
/// sums in registers each, and the update at the end of the second.
class loops_peer {
public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), x_(given.data[0].data()), y_(given.data[1].data()), w_(pixels * classes), b_(bench::wide::lanes),
          slopes_(rows_ * classes + bench::wide::lanes), totals_(rows_ + bench::wide::lanes, 1.0f) {
        for (std::size_t k = 0; k < pixels; ++k)
            for (std::size_t c = 0; c < classes; ++c) w_[c * pixels + k] = given.parameters[0][k * classes + c];
        std::copy_n(given.parameters[1].begin(), classes, b_.begin());
    }

    float step() {
        loss_ = 0;
        bias_slope_ = bench::wide::f16{};
        std::size_t i = 0;
        for (; i + 2 <= rows_; i += 2) forward<2>(i);
        if (i < rows_) forward<1>(i);
        std::size_t k = 0;
        for (; k + 32 <= pixels; k += 32) backward<2>(k);
        if (k < pixels) backward<1>(k);
        using namespace bench::wide;
        store(b_.data(), load(b_.data()) - rate * bias_slope_);
        return (loss_ + sum_of_logs(totals_.data(), rows_)) / static_cast<float>(rows_);
    }

    std::vector<bench::numbers> results() const {
        bench::numbers w(w_.size());
        for (std::size_t k = 0; k < pixels; ++k)
            for (std::size_t c = 0; c < classes; ++c) w[k * classes + c] = w_[c * pixels + k];
        return {w, bench::copy(std::span{b_}.first(classes))};
    }

private:
    template <std::size_t Rows>
    void forward(std::size_t row) {
        using namespace bench::wide;
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
        using namespace bench::wide;
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
    bench::numbers w_, b_, slopes_, totals_;
    bench::wide::f16 bias_slope_{};
    float loss_ = 0;
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 784), y_(given.data[1].data(), bench::rows(given), 10),
          w_(bench::input<784, 10>(given.parameters[0].data())), b_(given.parameters[1]), slopes_(bench::rows(given), 10) {}
    float step() {
        bench::map<1, 10> bias(b_.data());
        slopes_.noalias() = x_ * w_;
        slopes_.rowwise() += bias;
        labels_ = y_;
        const float value = bench::cross_entropy(slopes_, labels_);
        w_.noalias() -= (rate * x_.transpose()) * slopes_;
        bias -= rate * slopes_.colwise().sum();
        return value;
    }
    std::vector<bench::numbers> results() const { return {bench::transposed({w_.data(), pixels * classes}, classes, pixels), b_}; }

private:
    bench::input<Eigen::Dynamic, 784> x_;
    bench::input<Eigen::Dynamic, 10> y_;
    bench::columns<Eigen::Dynamic, 10> w_;
    bench::numbers b_;
    bench::columns<Eigen::Dynamic, 10> slopes_, labels_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    for (const std::size_t batch : {64u, 128u}) {
        peers.workload("w3/" + std::to_string(batch), bench::classification(batch, {pixels, classes}))
            .peer<loops_peer>("loops")
            .peer<ctgrad_peer>("ctgrad")
            .peer<eigen_peer>("eigen");
        bench::add_torch(peers, "w3");
    }
    return peers.run();
}
