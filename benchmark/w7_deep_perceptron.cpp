// SPDX-License-Identifier: BSL-1.0

// W7: 784 to 512 to 512 to 10 (relu), batch 256, softmax cross-entropy, gradient descent.
#include "eigen.hpp"
#include "openblas.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide_product.hpp"

#include <ctgrad/ctgrad.hpp>
#ifdef _OPENMP
#include <ctgrad/interop/openmp.hpp>
#endif

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t pixels = 784, hidden = 512, classes = 10;
constexpr float rate = 0.1f;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W1 = ct::variable<"W1", float, 784, 512>;
constexpr auto b1 = ct::variable<"b1", float, 512>;
constexpr auto W2 = ct::variable<"W2", float, 512, 512>;
constexpr auto b2 = ct::variable<"b2", float, 512>;
constexpr auto W3 = ct::variable<"W3", float, 512, 10>;
constexpr auto b3 = ct::variable<"b3", float, 10>;
constexpr auto first = ct::relu(ct::matmul(x, W1) + b1);
constexpr auto second = ct::relu(ct::matmul(first, W2) + b2);
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = ct::matmul(second, W3) + b3));
constexpr auto training = ct::minimize(loss, ct::gradient_descent(0.1_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]),
          train_(training, W1 = given.parameters[0], b1 = given.parameters[1], W2 = given.parameters[2], b2 = given.parameters[3],
                 W3 = given.parameters[4], b3 = given.parameters[5]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const {
        return {bench::copy(train_[W1]), bench::copy(train_[b1]), bench::copy(train_[W2]),
                bench::copy(train_[b2]), bench::copy(train_[W3]), bench::copy(train_[b3])};
    }

protected:
    std::span<const float> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

#ifdef _OPENMP
class ctgrad_on_two_threads : public ctgrad_peer {
public:
    using ctgrad_peer::ctgrad_peer;
    float step() { return train_(ct::openmp{2}, x = x_, y = y_); }
};
#endif

/// What the peers without a library keep: W3 transposed, rows of 16 logits.
struct state {
    std::size_t rows;
    const float* x;
    const float* y;
    bench::numbers w1, b1, w2, b2, w3, b3;
    bench::numbers first, second, first_slopes, second_slopes, slopes, totals;

    explicit state(const bench::problem& given)
        : rows(given.rows), x(given.data[0].data()), y(given.data[1].data()), w1(given.parameters[0]), b1(given.parameters[1]),
          w2(given.parameters[2]), b2(given.parameters[3]), w3(bench::transposed(given.parameters[4], hidden, classes)),
          b3(bench::padded(given.parameters[5], 16 - classes)), first(rows * hidden), second(rows * hidden), first_slopes(rows * hidden),
          second_slopes(rows * hidden), slopes(rows * 16), totals(rows + 16, 1.0f) {}

    std::vector<bench::numbers> results() const {
        return {w1, b1, w2, b2, bench::transposed(w3, classes, hidden), bench::copy(std::span{b3}.first(classes))};
    }

    /// Logits, loss and their gradient; then the bias of the last layer is moved.
    float output_layer() {
        using namespace bench::wide;
        dot_products<classes>(rows, hidden, second.data(), w3.data(), b3.data(), slopes.data());
        const float value = bench::wide::cross_entropy<classes>(rows, slopes.data(), y, totals.data());
        f16 sum{};
        for (std::size_t i = 0; i < rows; ++i) sum += load(slopes.data() + i * lanes);
        store(b3.data(), load(b3.data()) - rate * bench::wide::first(classes, sum, f16{}));
        return value;
    }

    /// weights -= rate A B, in tiles.
    template <std::size_t Rows>
    static void descend(std::size_t height, std::size_t depth, bench::wide::walked a, const bench::numbers& b, bench::numbers& weights) {
        using namespace bench::wide;
        product<Rows, 2>(height, hidden, depth, a, b.data(), hidden, [&](std::size_t i, std::size_t j, const auto& tile) {
            for (const auto& line : tile) {
                float* at = weights.data() + i++ * hidden + j;
                unrolled<2>([&](auto v) { store(at + v * lanes, load(at + v * lanes) - rate * line[v]); });
            }
        });
    }

    /// slopes = (A B) where `forward` is positive, and the bias moves by their sum.
    void through_relu(std::size_t depth, bench::wide::walked a, const float* b, const bench::numbers& forward, bench::numbers& to,
                      bench::numbers& bias) const {
        using namespace bench::wide;
        f16 sums[hidden / lanes]{};
        product<14, 2>(rows, hidden, depth, a, b, hidden, [&](std::size_t i, std::size_t j, const auto& tile) {
            for (const auto& line : tile) {
                const std::size_t at = i++ * hidden + j;
                unrolled<2>([&](auto v) {
                    const f16 slope = load(forward.data() + at + v * lanes) > f16{} ? line[v] : f16{};
                    store(to.data() + at + v * lanes, slope);
                    sums[j / lanes + v] += slope;
                });
            }
        });
        for (std::size_t j = 0; j < hidden; j += lanes) store(bias.data() + j, load(bias.data() + j) - rate * sums[j / lanes]);
    }
};

/// Products in tiles of registers, straight from where the numbers lie, with what follows them done while the tile is there.
class loops_peer : state {
public:
    using state::results;
    explicit loops_peer(const bench::problem& given) : state(given), turned_(hidden * hidden) {}

    float step() {
        relu_layer(pixels, x, w1, b1, first);
        relu_layer(hidden, first.data(), w2, b2, second);
        const float value = output_layer();
        through_relu(classes, {slopes.data(), 16, 1}, w3.data(), second, second_slopes, b2);
        turn();
        through_relu(hidden, {second_slopes.data(), hidden, 1}, turned_.data(), first, first_slopes, b1);
        descend<classes>(classes, rows, {slopes.data(), 1, 16}, second, w3);
        descend<14>(hidden, rows, {first.data(), 1, hidden}, second_slopes, w2);
        descend<14>(pixels, rows, {x, 1, pixels}, first_slopes, w1);
        return value;
    }

private:
    void relu_layer(std::size_t depth, const float* in, const bench::numbers& w, const bench::numbers& bias, bench::numbers& to) const {
        using namespace bench::wide;
        product<14, 2>(rows, hidden, depth, {in, depth, 1}, w.data(), hidden, [&](std::size_t i, std::size_t j, const auto& tile) {
            for (const auto& line : tile) {
                unrolled<2>([&](auto v) {
                    store(to.data() + i * hidden + j + v * lanes, max(line[v] + load(bias.data() + j + v * lanes), f16{}));
                });
                ++i;
            }
        });
    }

    /// W2 transposed.
    void turn() {
        using namespace bench::wide;
        for (std::size_t i = 0; i < hidden; i += lanes)
            for (std::size_t j = 0; j < hidden; j += 4) {
                f16 four[4];
                four_columns(w2.data() + i * hidden + j, hidden, four);
                unrolled<4>([&](auto c) { store(turned_.data() + (j + c) * hidden + i, four[c]); });
            }
    }

    bench::numbers turned_;
};

/// OpenBLAS for the large products, which at once move the weights, and between them the same loops.
class openblas_peer : state {
public:
    using state::results;
    explicit openblas_peer(const bench::problem& given) : state(given) { bench::one_thread(); }

    float step() {
        using enum bench::form;
        bench::sgemm(plain, plain, rows, hidden, pixels, x, w1.data(), first.data());
        relu(b1, first);
        bench::sgemm(plain, plain, rows, hidden, hidden, first.data(), w2.data(), second.data());
        relu(b2, second);
        const float value = output_layer();
        through_relu(classes, {slopes.data(), 16, 1}, w3.data(), second, second_slopes, b2);
        bench::sgemm(plain, bench::form::transposed, rows, hidden, hidden, second_slopes.data(), w2.data(), first_slopes.data());
        mask();
        descend<classes>(classes, rows, {slopes.data(), 1, 16}, second, w3);
        bench::sgemm(bench::form::transposed, plain, hidden, hidden, rows, first.data(), second_slopes.data(), w2.data(), -rate, 1);
        bench::sgemm(bench::form::transposed, plain, pixels, hidden, rows, x, first_slopes.data(), w1.data(), -rate, 1);
        return value;
    }

private:
    void relu(const bench::numbers& bias, bench::numbers& values) const {
        using namespace bench::wide;
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < hidden; j += lanes) {
                float* at = values.data() + i * hidden + j;
                store(at, max(load(at) + load(bias.data() + j), f16{}));
            }
    }
    void mask() {
        using namespace bench::wide;
        f16 sum[hidden / lanes]{};
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < hidden; j += lanes) {
                const std::size_t at = i * hidden + j;
                const f16 slope = load(first.data() + at) > f16{} ? load(first_slopes.data() + at) : f16{};
                store(first_slopes.data() + at, slope);
                sum[j / lanes] += slope;
            }
        for (std::size_t j = 0; j < hidden; j += lanes) store(b1.data() + j, load(b1.data() + j) - rate * sum[j / lanes]);
    }
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 784), y_(given.data[1].data(), bench::rows(given), 10),
          parameters_(given.parameters) {}
    float step() {
        bench::map<Eigen::Dynamic, 512> w1(parameters_[0].data(), 784, 512); // with all sizes static Eigen 3.4 does not compile
        bench::map<1, 512> bias1(parameters_[1].data());
        bench::map<Eigen::Dynamic, 512> w2(parameters_[2].data(), 512, 512);
        bench::map<1, 512> bias2(parameters_[3].data());
        bench::map<Eigen::Dynamic, 10> w3(parameters_[4].data(), 512, 10);
        bench::map<1, 10> bias3(parameters_[5].data());
        first_.noalias() = x_ * w1;
        first_ = (first_.rowwise() + bias1).cwiseMax(0.0f);
        second_.noalias() = first_ * w2;
        second_ = (second_.rowwise() + bias2).cwiseMax(0.0f);
        slopes_.noalias() = second_ * w3;
        slopes_.rowwise() += bias3;
        labels_ = y_;
        const float value = bench::cross_entropy(slopes_, labels_);
        second_slopes_.noalias() = slopes_ * w3.transpose();
        second_slopes_ = (second_.array() > 0.0f).select(second_slopes_, 0.0f);
        first_slopes_.noalias() = second_slopes_ * w2.transpose();
        first_slopes_ = (first_.array() > 0.0f).select(first_slopes_, 0.0f);
        w1.noalias() -= (rate * x_.transpose()) * first_slopes_;
        bias1 -= rate * first_slopes_.colwise().sum();
        w2.noalias() -= (rate * first_.transpose()) * second_slopes_;
        bias2 -= rate * second_slopes_.colwise().sum();
        w3.noalias() -= (rate * second_.transpose()) * slopes_;
        bias3 -= rate * slopes_.colwise().sum();
        return value;
    }
    std::vector<bench::numbers> results() const { return parameters_; }

private:
    bench::input<Eigen::Dynamic, 784> x_;
    bench::input<Eigen::Dynamic, 10> y_;
    std::vector<bench::numbers> parameters_;
    bench::matrix<Eigen::Dynamic, 512> first_, second_, first_slopes_, second_slopes_;
    bench::columns<Eigen::Dynamic, 10> slopes_, labels_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w7", bench::classification(256, {pixels, hidden, hidden, classes}))
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen")
        .peer<openblas_peer>("openblas");
#ifdef _OPENMP
    peers.peer<ctgrad_on_two_threads>("ctgrad@2", 2);
#endif
    bench::add_torch(peers, "w7");
    return peers.run();
}
