// SPDX-License-Identifier: BSL-1.0

// W13: 24 to 8 (tanh) to 2, 200 rows, the mean squared error and its gradients.
#include "eigen.hpp"
#include "support.hpp"
#include "wide_layer.hpp"
#include "wide_many.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;

constexpr std::size_t inputs = 24, hidden = 8, outputs = 2;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 24>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W1 = ct::variable<"W1", float, 24, 8>;
constexpr auto b1 = ct::variable<"b1", float, 8>;
constexpr auto W2 = ct::variable<"W2", float, 8, 2>;
constexpr auto b2 = ct::variable<"b2", float, 2>;
constexpr auto prediction = ct::matmul(ct::tanh(ct::matmul(x, W1) + b1), W2) + b2;
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
constexpr auto slopes = ct::gradient(loss, W1, b1, W2, b2);

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : given_(given), dw1_(inputs * hidden), db1_(hidden), dw2_(hidden * outputs), db2_(outputs) {}
    float step() {
        constexpr ct::function f{loss, slopes[W1], slopes[b1], slopes[W2], slopes[b2]};
        return std::get<0>(f(scratch_, x = given_.data[0], y = given_.data[1], W1 = given_.parameters[0], b1 = given_.parameters[1],
                             W2 = given_.parameters[2], b2 = given_.parameters[3], slopes[W1] = dw1_, slopes[b1] = db1_, slopes[W2] = dw2_,
                             slopes[b2] = db2_));
    }
    std::vector<bench::numbers> results() const { return {dw1_, db1_, dw2_, db2_}; }

private:
    const bench::problem& given_;
    bench::numbers dw1_, db1_, dw2_, db2_;
    ct::workspace scratch_;
};

/// Sixteen examples in the lanes throughout.
class loops_peer {
    using f16 = bench::wide::f16;
    static constexpr std::size_t lanes = bench::wide::lanes;

public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), groups_((rows_ + lanes - 1) / lanes), x_(given.data[0].data()), y_(given.data[1].data()),
          first_(given.parameters[0], given.parameters[1]), second_(given.parameters[2], given.parameters[3]), in_(groups_),
          middle_(groups_), slopes_(groups_), middle_slopes_(groups_) {}

    float step() {
        loss_ = f16{};
        std::size_t g = 0;
        for (; (g + 1) * lanes <= rows_; ++g) group(g, x_ + g * lanes * inputs, y_ + g * lanes * outputs, bench::wide::all(1));
        if (g < groups_) last_group(g);
        first_.slopes(in_, middle_slopes_, [&](std::size_t i, f16 slope) { bench::wide::store(first_slopes_ + i, slope); });
        second_.slopes(middle_, slopes_, [&](std::size_t i, f16 slope) { bench::wide::store(second_slopes_ + i, slope); });
        return bench::wide::sum(loss_) / static_cast<float>(rows_ * outputs);
    }
    std::vector<bench::numbers> results() const {
        const std::span<const float> one(first_slopes_), two(second_slopes_);
        return {bench::copy(one.first(inputs * hidden)), bench::copy(one.subspan(inputs * hidden, hidden)),
                bench::copy(two.first(hidden * outputs)), bench::copy(two.subspan(hidden * outputs, outputs))};
    }

private:
    /// The last examples, with copies of nothing behind them that do not count.
    void last_group(std::size_t g) {
        float x_part[lanes * inputs]{}, y_part[lanes * outputs]{};
        const std::size_t left = rows_ - g * lanes;
        std::copy_n(x_ + g * lanes * inputs, left * inputs, x_part);
        std::copy_n(y_ + g * lanes * outputs, left * outputs, y_part);
        f16 counts{};
        for (std::size_t row = 0; row < left; ++row) counts[row] = 1;
        group(g, x_part, y_part, counts);
    }

    [[gnu::noinline]] void group(std::size_t g, const float* from, const float* wanted_from, f16 counts) {
        using namespace bench::wide;
        f16 in[inputs + 1], middle[hidden + 1], wanted[outputs], z[outputs];
        unrolled<inputs / 4>([&](auto k) {
            f16 four[4];
            four_columns(from + 4 * k, inputs, four);
            unrolled<4>([&](auto c) { in[4 * k + c] = four[c]; });
        });
        in[inputs] = all(1);
        many<hidden> sums;
        unrolled<hidden>([&](auto j) { sums.v[j] = first_.forward<j>(in); });
        sums = tanh(sums);
        unrolled<hidden>([&](auto j) { middle[j] = sums.v[j]; });
        middle[hidden] = all(1);
        two_columns(wanted_from, wanted);
        const f16 scale = counts * (2 / static_cast<float>(rows_ * outputs));
        unrolled<outputs>([&](auto c) {
            const f16 apart = second_.forward<c>(middle) - wanted[c];
            loss_ += counts * apart * apart;
            slopes_[g][c] = z[c] = apart * scale;
        });
        unrolled<hidden>([&](auto j) {
            f16 slope{};
            unrolled<outputs>([&](auto c) { slope += z[c] * second_.w[j * outputs + c]; });
            middle_slopes_[g][j] = slope * (1 - middle[j] * middle[j]);
        });
        unrolled<inputs + 1>([&](auto i) { in_[g][i] = in[i]; });
        unrolled<hidden + 1>([&](auto i) { middle_[g][i] = middle[i]; });
    }

    std::size_t rows_, groups_;
    const float* x_;
    const float* y_;
    bench::wide::layer<inputs, hidden> first_;
    bench::wide::layer<hidden, outputs> second_;
    std::vector<std::array<f16, inputs + 1>> in_;
    std::vector<std::array<f16, hidden + 1>> middle_;
    std::vector<std::array<f16, outputs>> slopes_;
    std::vector<std::array<f16, hidden>> middle_slopes_;
    alignas(64) float first_slopes_[bench::wide::layer<inputs, hidden>::vectors * lanes];
    alignas(64) float second_slopes_[bench::wide::layer<hidden, outputs>::vectors * lanes];
    f16 loss_{};
};

/// Intermediate values are kept with their columns together.
class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 24), y_(given.data[1].data(), bench::rows(given), 2),
          w1_(bench::input<24, 8>(given.parameters[0].data())), b1_(bench::input<1, 8>(given.parameters[1].data())),
          w2_(bench::input<8, 2>(given.parameters[2].data())), b2_(bench::input<1, 2>(given.parameters[3].data())) {}
    float step() {
        middle_.noalias() = x_ * w1_;
        middle_.rowwise() += b1_;
        middle_ = middle_.array().tanh();
        slopes_.noalias() = middle_.lazyProduct(w2_);
        slopes_.rowwise() += b2_;
        slopes_ -= y_;
        const float share = 1 / static_cast<float>(slopes_.size()), value = slopes_.squaredNorm() * share;
        slopes_ *= 2 * share;
        middle_slopes_.noalias() = slopes_.lazyProduct(w2_.transpose());
        middle_slopes_.array() *= 1 - middle_.array().square();
        dw1_.noalias() = x_.transpose() * middle_slopes_;
        db1_ = middle_slopes_.colwise().sum();
        dw2_.noalias() = middle_.transpose().lazyProduct(slopes_);
        db2_ = slopes_.colwise().sum();
        return value;
    }
    std::vector<bench::numbers> results() const {
        const auto flat = [](const auto& matrix) { return bench::copy({matrix.data(), static_cast<std::size_t>(matrix.size())}); };
        return {flat(dw1_), flat(db1_), flat(dw2_), flat(db2_)};
    }

private:
    bench::input<Eigen::Dynamic, 24> x_;
    bench::input<Eigen::Dynamic, 2> y_;
    bench::columns<24, 8> w1_;
    bench::matrix<1, 8> b1_;
    bench::columns<8, 2> w2_;
    bench::matrix<1, 2> b2_;
    bench::columns<Eigen::Dynamic, 8> middle_, middle_slopes_;
    bench::columns<Eigen::Dynamic, 2> slopes_;
    bench::matrix<24, 8> dw1_;
    bench::matrix<1, 8> db1_;
    bench::matrix<8, 2> dw2_;
    bench::matrix<1, 2> db2_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    constexpr std::size_t n = 200;
    peers
        .workload("w13", {n,
                          {bench::uniform(n * inputs, -1, 1, 1), bench::uniform(n * outputs, -1, 1, 2)},
                          {bench::uniform(inputs * hidden, -0.4f, 0.4f, 3), bench::uniform(hidden, -0.1f, 0.1f, 4),
                           bench::uniform(hidden * outputs, -0.8f, 0.8f, 5), bench::uniform(outputs, -0.1f, 0.1f, 6)}})
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen");
    return peers.run();
}
