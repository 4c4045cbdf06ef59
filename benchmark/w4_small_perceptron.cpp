// SPDX-License-Identifier: BSL-1.0

// W4: 20 to 10 (relu) to 5, softmax cross-entropy, Adam.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide_layer.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t inputs = 20, hidden = 10, classes = 5;
constexpr bench::adam_settings how{.rate = 0.01f};

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20>;
constexpr auto y = ct::placeholder<"y", float, N, 5>;
constexpr auto W1 = ct::variable<"W1", float, 20, 10>;
constexpr auto b1 = ct::variable<"b1", float, 10>;
constexpr auto W2 = ct::variable<"W2", float, 10, 5>;
constexpr auto b2 = ct::variable<"b2", float, 5>;
constexpr auto logits = ct::matmul(ct::relu(ct::matmul(x, W1) + b1), W2) + b2;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));
constexpr auto training = ct::minimize(loss, ct::adam(0.01_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]),
          train_(training, W1 = given.parameters[0], b1 = given.parameters[1], W2 = given.parameters[2], b2 = given.parameters[3]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const {
        return {bench::copy(train_[W1]), bench::copy(train_[b1]), bench::copy(train_[W2]), bench::copy(train_[b2])};
    }

private:
    std::span<const float> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

/// Sixteen examples in the lanes throughout. Sixteen weights at a time get their gradient, in
/// registers, and at once their update.
class loops_peer {
    using f16 = bench::wide::f16;
    static constexpr std::size_t lanes = bench::wide::lanes;

    template <std::size_t In, std::size_t Out>
    struct layer : bench::wide::layer<In, Out> {
        using bench::wide::layer<In, Out>::layer;
        alignas(64) float m[layer::vectors * lanes]{}, v[layer::vectors * lanes]{};

        /// The update by the inputs and the outputs' gradients of all groups of 16 examples.
        void update(const std::vector<std::array<f16, In + 1>>& in, const std::vector<std::array<f16, Out>>& out, float factor) {
            using namespace bench::wide;
            this->slopes(in, out, [&](std::size_t i, f16 slope) __attribute__((always_inline)) {
                const f16 m_new = load(m + i) * how.beta1 + slope * (1 - how.beta1);
                const f16 v_new = load(v + i) * how.beta2 + slope * slope * (1 - how.beta2);
                store(m + i, m_new);
                store(v + i, v_new);
                store(this->w + i, load(this->w + i) - m_new * factor / (bench::wide::sqrt(v_new) + how.epsilon));
            });
        }
    };

public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), groups_((rows_ + lanes - 1) / lanes), x_(given.data[0].data()), y_(given.data[1].data()),
          first_(given.parameters[0], given.parameters[1]), second_(given.parameters[2], given.parameters[3]), in_(groups_),
          middle_(groups_), slopes_(groups_), middle_slopes_(groups_) {}

    float step() {
        loss_ = f16{};
        std::size_t g = 0;
        for (; (g + 1) * lanes <= rows_; ++g) group(g, x_ + g * lanes * inputs, y_ + g * lanes * classes, bench::wide::all(1));
        if (g < groups_) last_group(g);
        const float factor = how.scale(++steps_);
        first_.update(in_, middle_slopes_, factor);
        second_.update(middle_, slopes_, factor);
        return bench::wide::sum(loss_) / static_cast<float>(rows_);
    }

    std::vector<bench::numbers> results() const {
        return {bench::copy(first_.weights()), bench::copy(first_.biases()), bench::copy(second_.weights()), bench::copy(second_.biases())};
    }

private:
    /// The last examples, with copies of nothing behind them that do not count.
    void last_group(std::size_t g) {
        float x_part[lanes * inputs]{}, y_part[lanes * classes]{};
        const std::size_t left = rows_ - g * lanes;
        std::copy_n(x_ + g * lanes * inputs, left * inputs, x_part);
        std::copy_n(y_ + g * lanes * classes, left * classes, y_part);
        f16 counts{};
        for (std::size_t row = 0; row < left; ++row) counts[row] = 1;
        group(g, x_part, y_part, counts);
    }

    [[gnu::noinline]] void group(std::size_t g, const float* from, const float* wanted_from, f16 counts) {
        using namespace bench::wide;
        f16 in[inputs + 1], middle[hidden + 1], wanted[8];
        unrolled<inputs / 4>([&](auto k) {
            f16 four[4];
            four_columns(from + 4 * k, inputs, four);
            unrolled<4>([&](auto c) { in[4 * k + c] = four[c]; });
        });
        in[inputs] = all(1);
        unrolled<hidden>([&](auto j) { middle[j] = max(first_.forward<j>(in), f16{}); });
        middle[hidden] = all(1);

        f16 z[classes], largest, total{}, dot{};
        unrolled<classes>([&](auto c) { z[c] = second_.forward<c>(middle); });
        largest = max(max(max(z[0], z[1]), max(z[2], z[3])), z[4]);
        f16 four[4];
        four_columns(wanted_from, classes, four);
        unrolled<4>([&](auto c) { wanted[c] = four[c]; });
        four_columns(wanted_from + 1, classes, four);
        wanted[4] = four[3];
        unrolled<classes>([&](auto c) {
            z[c] -= largest;
            dot += z[c] * wanted[c];
            z[c] = exp(z[c]);
            total += z[c];
        });
        loss_ += counts * (log(total) - dot);
        const f16 scale = counts / static_cast<float>(rows_), inverse = 1 / total;
        unrolled<classes>([&](auto c) { slopes_[g][c] = z[c] = (z[c] * inverse - wanted[c]) * scale; });
        unrolled<hidden>([&](auto j) {
            f16 slope{};
            unrolled<classes>([&](auto c) { slope += z[c] * second_.w[j * classes + c]; });
            middle_slopes_[g][j] = middle[j] > f16{} ? slope : f16{};
        });
        unrolled<inputs + 1>([&](auto i) { in_[g][i] = in[i]; });
        unrolled<hidden + 1>([&](auto i) { middle_[g][i] = middle[i]; });
    }

    std::size_t rows_, groups_;
    const float* x_;
    const float* y_;
    layer<inputs, hidden> first_;
    layer<hidden, classes> second_;
    std::vector<std::array<f16, inputs + 1>> in_;
    std::vector<std::array<f16, hidden + 1>> middle_;
    std::vector<std::array<f16, classes>> slopes_;
    std::vector<std::array<f16, hidden>> middle_slopes_;
    f16 loss_{};
    int steps_ = 0;
};

/// Weights are kept with their columns together, as are the intermediate values.
class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 20), y_(given.data[1].data(), bench::rows(given), 5), parameters_(given.parameters) {
        parameters_[0] = bench::transposed(parameters_[0], inputs, hidden);
        parameters_[2] = bench::transposed(parameters_[2], hidden, classes);
        for (const bench::numbers& p : parameters_) adam_.emplace_back(p.size(), how);
    }
    float step() {
        const bench::columns_map<20, 10> w1(parameters_[0].data());
        const bench::map<1, 10> bias1(parameters_[1].data());
        const bench::columns_map<10, 5> w2(parameters_[2].data());
        const bench::map<1, 5> bias2(parameters_[3].data());
        in_ = x_;
        labels_ = y_;
        middle_.noalias() = in_.lazyProduct(w1);
        middle_ = (middle_.rowwise() + bias1).cwiseMax(0.0f);
        slopes_.noalias() = middle_.lazyProduct(w2);
        slopes_.rowwise() += bias2;
        const float value = bench::cross_entropy(slopes_, labels_);
        middle_slopes_.noalias() = slopes_.lazyProduct(w2.transpose());
        middle_slopes_ = (middle_.array() > 0.0f).select(middle_slopes_, 0.0f);
        dw1_.noalias() = in_.transpose() * middle_slopes_;
        db1_ = middle_slopes_.colwise().sum();
        dw2_.noalias() = middle_.transpose().lazyProduct(slopes_);
        db2_ = slopes_.colwise().sum();
        const float factor = how.scale(++steps_);
        const float* slopes[] = {dw1_.data(), db1_.data(), dw2_.data(), db2_.data()};
        for (std::size_t i = 0; i < 4; ++i) adam_[i].step(parameters_[i], slopes[i], factor);
        return value;
    }
    std::vector<bench::numbers> results() const {
        return {bench::transposed(parameters_[0], hidden, inputs), parameters_[1], bench::transposed(parameters_[2], classes, hidden),
                parameters_[3]};
    }

private:
    bench::input<Eigen::Dynamic, 20> x_;
    bench::input<Eigen::Dynamic, 5> y_;
    std::vector<bench::numbers> parameters_;
    std::vector<bench::eigen_adam> adam_;
    bench::columns<Eigen::Dynamic, 20> in_;
    bench::columns<Eigen::Dynamic, 10> middle_, middle_slopes_;
    bench::columns<Eigen::Dynamic, 5> slopes_, labels_;
    alignas(64) bench::columns<20, 10> dw1_;
    alignas(64) bench::matrix<1, 10> db1_;
    alignas(64) bench::columns<10, 5> dw2_;
    alignas(64) bench::matrix<1, 5> db2_;
    int steps_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w4", bench::classification(100, {inputs, hidden, classes}))
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen");
    bench::add_torch(peers, "w4");
    return peers.run();
}
