// SPDX-License-Identifier: BSL-1.0

// W6: 784 to 128 (relu) to 10, batch 64, softmax cross-entropy, Adam.
#include "eigen.hpp"
#include "openblas.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide_adam.hpp"
#include "wide_product.hpp"

#include <ctgrad/ctgrad.hpp>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t pixels = 784, hidden = 128, classes = 10;
constexpr bench::adam_settings how{};

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W1 = ct::variable<"W1", float, 784, 128>;
constexpr auto b1 = ct::variable<"b1", float, 128>;
constexpr auto W2 = ct::variable<"W2", float, 128, 10>;
constexpr auto b2 = ct::variable<"b2", float, 10>;
constexpr auto logits = ct::matmul(ct::relu(ct::matmul(x, W1) + b1), W2) + b2;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));
constexpr auto training = ct::minimize(loss, ct::adam(0.001_c));

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

/// What the peers without a library keep: W2 transposed, rows of 16 logits.
struct state {
    std::size_t rows;
    const float* x;
    const float* y;
    bench::wide::adam_parameter w1, b1, w2, b2;
    bench::numbers middle, slopes, middle_slopes, totals;
    int steps = 0;

    explicit state(const bench::problem& given)
        : rows(given.rows), x(given.data[0].data()), y(given.data[1].data()), w1(given.parameters[0]), b1(given.parameters[1]),
          w2(bench::transposed(given.parameters[2], hidden, classes)), b2(bench::padded(given.parameters[3], 16 - classes)),
          middle(rows * hidden), slopes(rows * 16), middle_slopes(rows * hidden), totals(rows + 16, 1.0f) {}

    std::vector<bench::numbers> results() const {
        return {w1.w, b1.w, bench::transposed(w2.w, classes, hidden), bench::copy(std::span{b2.w}.first(classes))};
    }
};

/// Products in tiles of registers, straight from where the numbers lie: they fit the second cache. What follows a
/// product (bias and relu, its mask, Adam) is done while the tile is there.
class loops_peer : state {
public:
    using state::results;
    using state::state;

    float step() {
        using namespace bench::wide;
        product<14, 2>(rows, hidden, pixels, {x, pixels, 1}, w1.w.data(), hidden, [this](std::size_t i, std::size_t j, const auto& tile) {
            for (const auto& line : tile) {
                unrolled<2>([&](auto v) {
                    const std::size_t at = j + v * lanes;
                    store(middle.data() + i * hidden + at, max(line[v] + load(b1.w.data() + at), f16{}));
                });
                ++i;
            }
        });
        dot_products<classes>(rows, hidden, middle.data(), w2.w.data(), b2.w.data(), slopes.data());
        const float value = bench::wide::cross_entropy<classes>(rows, slopes.data(), y, totals.data());
        f16 db2{}, db1[hidden / lanes]{};
        for (std::size_t i = 0; i < rows; ++i) db2 += load(slopes.data() + i * lanes);

        product<14, 2>(rows, hidden, classes, {slopes.data(), lanes, 1}, w2.w.data(), hidden,
                       [&](std::size_t i, std::size_t j, const auto& tile) {
                           for (const auto& line : tile) {
                               unrolled<2>([&](auto v) {
                                   const std::size_t at = i * hidden + j + v * lanes;
                                   const f16 slope = load(middle.data() + at) > f16{} ? line[v] : f16{};
                                   store(middle_slopes.data() + at, slope);
                                   db1[j / lanes + v] += slope;
                               });
                               ++i;
                           }
                       });
        const float factor = how.scale(++steps);
        product<classes, 2>(classes, hidden, rows, {slopes.data(), 1, lanes}, middle.data(), hidden,
                            [&](std::size_t i, std::size_t j, const auto& tile) {
                                for (const auto& line : tile) {
                                    unrolled<2>([&](auto v) { w2.step(i * hidden + j + v * lanes, line[v], how, factor); });
                                    ++i;
                                }
                            });
        product<14, 2>(pixels, hidden, rows, {x, 1, pixels}, middle_slopes.data(), hidden,
                       [&](std::size_t i, std::size_t j, const auto& tile) {
                           for (const auto& line : tile) {
                               unrolled<2>([&](auto v) { w1.step(i * hidden + j + v * lanes, line[v], how, factor); });
                               ++i;
                           }
                       });
        for (std::size_t j = 0; j < hidden; j += lanes) b1.step(j, db1[j / lanes], how, factor);
        b2.step(0, first(classes, db2, f16{}), how, factor);
        return value;
    }
};

/// OpenBLAS for the products, and between them the same loops.
class openblas_peer : state {
public:
    using state::results;
    explicit openblas_peer(const bench::problem& given)
        : state(given), dw1_(pixels * hidden), dw2_(hidden * classes), logits_(rows * classes + 16) {
        bench::one_thread();
    }

    float step() {
        using namespace bench::wide;
        using enum bench::form;
        bench::sgemm(plain, plain, rows, hidden, pixels, x, w1.w.data(), middle.data());
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < hidden; j += lanes) {
                float* at = middle.data() + i * hidden + j;
                store(at, max(load(at) + load(b1.w.data() + j), f16{}));
            }
        bench::sgemm(plain, transposed, rows, classes, hidden, middle.data(), w2.w.data(), logits_.data());
        f16 db2{}, db1[hidden / lanes]{};
        for (std::size_t i = 0; i < rows; ++i)
            store(slopes.data() + i * lanes, load(logits_.data() + i * classes, classes) + load(b2.w.data()));
        const float value = bench::wide::cross_entropy<classes>(rows, slopes.data(), y, totals.data());
        for (std::size_t i = 0; i < rows; ++i) {
            const f16 slope = load(slopes.data() + i * lanes);
            db2 += slope;
            store(logits_.data() + i * classes, slope, classes);
        }
        bench::sgemm(plain, plain, rows, hidden, classes, logits_.data(), w2.w.data(), middle_slopes.data());
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < hidden; j += lanes) {
                const std::size_t at = i * hidden + j;
                const f16 slope = load(middle.data() + at) > f16{} ? load(middle_slopes.data() + at) : f16{};
                store(middle_slopes.data() + at, slope);
                db1[j / lanes] += slope;
            }
        bench::sgemm(form::transposed, plain, classes, hidden, rows, logits_.data(), middle.data(), dw2_.data());
        bench::sgemm(form::transposed, plain, pixels, hidden, rows, x, middle_slopes.data(), dw1_.data());
        const float factor = how.scale(++steps);
        w1.step(dw1_.data(), how, factor);
        w2.step(dw2_.data(), how, factor);
        for (std::size_t j = 0; j < hidden; j += lanes) b1.step(j, db1[j / lanes], how, factor);
        b2.step(0, first(classes, db2, f16{}), how, factor);
        return value;
    }

private:
    using form = bench::form;
    bench::numbers dw1_, dw2_, logits_;
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 784), y_(given.data[1].data(), bench::rows(given), 10),
          parameters_(given.parameters) {
        for (const bench::numbers& p : parameters_) adam_.emplace_back(p.size(), how);
    }
    float step() {
        const bench::map<784, 128> w1(parameters_[0].data());
        const bench::map<1, 128> bias1(parameters_[1].data());
        const bench::map<128, 10> w2(parameters_[2].data());
        const bench::map<1, 10> bias2(parameters_[3].data());
        middle_.noalias() = x_ * w1;
        middle_ = (middle_.rowwise() + bias1).cwiseMax(0.0f);
        slopes_.noalias() = middle_ * w2;
        slopes_.rowwise() += bias2;
        labels_ = y_;
        const float value = bench::cross_entropy(slopes_, labels_);
        middle_slopes_.noalias() = slopes_ * w2.transpose();
        middle_slopes_ = (middle_.array() > 0.0f).select(middle_slopes_, 0.0f);
        dw1_.noalias() = x_.transpose() * middle_slopes_;
        db1_ = middle_slopes_.colwise().sum();
        dw2_.noalias() = middle_.transpose() * slopes_;
        db2_ = slopes_.colwise().sum();
        const float factor = how.scale(++steps_);
        const float* slopes[] = {dw1_.data(), db1_.data(), dw2_.data(), db2_.data()};
        for (std::size_t i = 0; i < 4; ++i) adam_[i].step(parameters_[i], slopes[i], factor);
        return value;
    }
    std::vector<bench::numbers> results() const { return parameters_; }

private:
    bench::input<Eigen::Dynamic, 784> x_;
    bench::input<Eigen::Dynamic, 10> y_;
    std::vector<bench::numbers> parameters_;
    std::vector<bench::eigen_adam> adam_;
    bench::matrix<Eigen::Dynamic, 128> middle_, middle_slopes_;
    bench::columns<Eigen::Dynamic, 10> slopes_, labels_;
    bench::matrix<Eigen::Dynamic, 128> dw1_{784, 128};
    bench::matrix<Eigen::Dynamic, 10> dw2_{128, 10};
    alignas(64) bench::matrix<1, 128> db1_;
    alignas(64) bench::matrix<1, 10> db2_;
    int steps_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w6", bench::classification(64, {pixels, hidden, classes}))
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen")
        .peer<openblas_peer>("openblas");
    bench::add_torch(peers, "w6");
    return peers.run();
}
