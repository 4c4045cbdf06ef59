// SPDX-License-Identifier: BSL-1.0

// W12: 4 to 32 (tanh) to 16 (tanh) to 4, 10,000 rows at once, mean squared error, Adam.
#include "eigen.hpp"
#include "support.hpp"
#include "wide_adam.hpp"
#include "wide_many.hpp"
#include "wide_product.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t inputs = 4, wide_layer = 32, narrow_layer = 16, outputs = 4;
constexpr bench::adam_settings how{};

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto y = ct::placeholder<"y", float, N, 4>;
constexpr auto W1 = ct::variable<"W1", float, 4, 32>;
constexpr auto b1 = ct::variable<"b1", float, 32>;
constexpr auto W2 = ct::variable<"W2", float, 32, 16>;
constexpr auto b2 = ct::variable<"b2", float, 16>;
constexpr auto W3 = ct::variable<"W3", float, 16, 4>;
constexpr auto b3 = ct::variable<"b3", float, 4>;
constexpr auto first = ct::tanh(ct::matmul(x, W1) + b1);
constexpr auto second = ct::tanh(ct::matmul(first, W2) + b2);
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(second, W3) + b3 - y));
constexpr auto training = ct::minimize(loss, ct::adam(0.001_c));

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

private:
    std::span<const float> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

/// Some rows forward and back while they are in the first cache, the products in tiles of registers. Slopes replace the values that they
/// belong to. The last layer's weights lie transposed; its rows are padded to a vector.
class loops_peer {
    static constexpr std::size_t lanes = bench::wide::lanes, piece = 112;

public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), x_(given.data[0].data()), y_(given.data[1].data()), w1_(given.parameters[0]), b1_(given.parameters[1]),
          w2_(given.parameters[2]), b2_(given.parameters[3]), w3_(bench::transposed(given.parameters[4], narrow_layer, outputs)),
          b3_(bench::padded(given.parameters[5], lanes - outputs)) {}

    float step() {
        using namespace bench::wide;
        const bench::numbers turned = bench::transposed(w2_.w, wide_layer, narrow_layer);
        for (std::size_t i = 0; i < outputs; ++i)
            for (std::size_t j = 0; j < narrow_layer; ++j) last_[j * lanes + i] = w3_.w[i * narrow_layer + j];
        for (bench::numbers* each : {&dw1_, &db1_, &dw2_, &db2_, &dw3_, &db3_}) std::fill(each->begin(), each->end(), 0.0f);
        squares_ = f16{};
        for (std::size_t i = 0; i < rows_; i += piece) part(x_ + i * inputs, y_ + i * outputs, std::min(piece, rows_ - i), turned.data());
        const float factor = how.scale(++steps_);
        w1_.step(dw1_.data(), how, factor);
        b1_.step(db1_.data(), how, factor);
        w2_.step(dw2_.data(), how, factor);
        b2_.step(db2_.data(), how, factor);
        w3_.step(dw3_.data(), how, factor);
        b3_.step(db3_.data(), how, factor);
        return sum(squares_) / static_cast<float>(rows_ * outputs);
    }
    std::vector<bench::numbers> results() const {
        return {w1_.w, b1_.w, w2_.w, b2_.w, bench::transposed(w3_.w, outputs, narrow_layer), bench::copy(std::span{b3_.w}.first(outputs))};
    }

private:
    /// Adds to `dw` the product of the transposed `a`, [rows, In], and `slopes`, [rows, Width].
    template <std::size_t In, std::size_t Tile, std::size_t Width>
    static void add_slopes(std::size_t rows, const float* a, std::size_t stride, const float* slopes, bench::numbers& dw) {
        using namespace bench::wide;
        const auto add = [&](std::size_t first_row, std::size_t, const auto& tile) __attribute__((always_inline)) {
            lines(first_row, tile, [&](std::size_t i, const auto& line) __attribute__((always_inline)) {
                unrolled<Width / lanes>([&](auto v) {
                    float* const at = dw.data() + i * Width + v * lanes;
                    store(at, load(at) + line[v]);
                });
            });
        };
        product<Tile, Width / lanes>(In, Width, rows, {a, 1, stride}, slopes, Width, add);
    }

    /// The slopes to the sums of a layer of `Width`, in the place of its values, and those to its biases.
    template <std::size_t Width>
    static void back(std::size_t rows, std::size_t depth, const float* slopes, const float* weights, float* values, bench::numbers& db) {
        using namespace bench::wide;
        f16 total[Width / lanes]{};
        const auto through_tanh = [&](std::size_t first_row, std::size_t, const auto& tile) __attribute__((always_inline)) {
            lines(first_row, tile, [&](std::size_t i, const auto& line) __attribute__((always_inline)) {
                unrolled<Width / lanes>([&](auto v) {
                    float* const at = values + i * Width + v * lanes;
                    const f16 value = load(at), slope = line[v] * (1 - value * value);
                    store(at, slope);
                    total[v] += slope;
                });
            });
        };
        product<14, Width / lanes>(rows, Width, depth, {slopes, lanes, 1}, weights, Width, through_tanh);
        unrolled<Width / lanes>([&](auto v) { store(db.data() + v * lanes, load(db.data() + v * lanes) + total[v]); });
    }

    /// A layer's values: `depth` numbers a row go in.
    template <std::size_t Width>
    static void forward(std::size_t rows, std::size_t depth, const float* in, const float* weights, const float* bias, float* out) {
        using namespace bench::wide;
        const auto add_bias = [&](std::size_t first_row, std::size_t, const auto& tile) __attribute__((always_inline)) {
            lines(first_row, tile, [&](std::size_t i, const auto& line) __attribute__((always_inline)) {
                unrolled<Width / lanes>([&](auto v) { store(out + i * Width + v * lanes, line[v] + load(bias + v * lanes)); });
            });
        };
        product<14, Width / lanes>(rows, Width, depth, {in, depth, 1}, weights, Width, add_bias);
        for (std::size_t i = 0; i < rows * Width; i += 4 * lanes) {
            const auto values = tanh(many<4>::of([&](auto k) { return load(out + i + k * lanes); }));
            unrolled<4>([&](auto k) { store(out + i + k * lanes, values.v[k]); });
        }
    }

#ifndef __clang__
    [[gnu::flatten]] // strides become constants; clang does so anyway, and with it runs out of registers
#endif
    [[gnu::noinline]] void
    part(const float* from, const float* wanted, std::size_t rows, const float* turned) {
        using namespace bench::wide;
        forward<wide_layer>(rows, inputs, from, w1_.w.data(), b1_.w.data(), first_);
        forward<narrow_layer>(rows, wide_layer, first_, w2_.w.data(), b2_.w.data(), second_);
        const float scale = 2 / static_cast<float>(rows_ * outputs);
        f16 total{}, squares = squares_;
        const f16 bias = load(b3_.w.data());
        const auto compare = [&](std::size_t first_row, std::size_t, const auto& tile) __attribute__((always_inline)) {
            lines(first_row, tile, [&](std::size_t i, const auto& line) __attribute__((always_inline)) {
                const f16 apart = line[0] + bias - load(wanted + i * outputs, outputs), slope = apart * scale;
                squares += apart * apart;
                store(third_ + i * lanes, slope);
                total += slope;
            });
        };
        product<14, 1>(rows, lanes, narrow_layer, {second_, narrow_layer, 1}, last_, lanes, compare);
        squares_ = squares;
        store(db3_.data(), load(db3_.data()) + total);
        add_slopes<outputs, 4, narrow_layer>(rows, third_, lanes, second_, dw3_);
        back<narrow_layer>(rows, outputs, third_, w3_.w.data(), second_, db2_);
        add_slopes<wide_layer, 16, narrow_layer>(rows, first_, wide_layer, second_, dw2_);
        back<wide_layer>(rows, narrow_layer, second_, turned, first_, db1_);
        add_slopes<inputs, 4, wide_layer>(rows, from, inputs, first_, dw1_);
    }

    std::size_t rows_;
    const float* x_;
    const float* y_;
    bench::wide::adam_parameter w1_, b1_, w2_, b2_, w3_, b3_;
    bench::numbers dw1_ = bench::numbers(inputs * wide_layer), db1_ = bench::numbers(wide_layer);
    bench::numbers dw2_ = bench::numbers(wide_layer * narrow_layer), db2_ = bench::numbers(narrow_layer);
    bench::numbers dw3_ = bench::numbers(outputs * narrow_layer), db3_ = bench::numbers(lanes);
    alignas(64) float first_[(piece + 4) * wide_layer]{}, second_[(piece + 4) * narrow_layer]{}, third_[piece * lanes]{};
    alignas(64) float last_[narrow_layer * lanes]{};
    bench::wide::f16 squares_{};
    int steps_ = 0;
};

/// Some rows forward and back while they are in the cache.
class eigen_peer {
    static constexpr Eigen::Index piece = 256;

public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data(), bench::rows(given), 4), y_(given.data[1].data(), bench::rows(given), 4), parameters_(given.parameters) {
        for (const bench::numbers& p : parameters_) adam_.emplace_back(p.size(), how);
    }
    float step() {
        const bench::map<4, 32> w1(parameters_[0].data());
        const bench::map<1, 32> bias1(parameters_[1].data());
        const bench::map<32, 16> w2(parameters_[2].data());
        const bench::map<1, 16> bias2(parameters_[3].data());
        const bench::map<16, 4> w3(parameters_[4].data());
        const bench::map<1, 4> bias3(parameters_[5].data());
        dw1_.setZero(), db1_.setZero(), dw2_.setZero(), db2_.setZero(), dw3_.setZero(), db3_.setZero();
        const float share = 1 / static_cast<float>(y_.size());
        float squares = 0;
        for (Eigen::Index i = 0; i < x_.rows(); i += piece) {
            const Eigen::Index n = std::min(piece, x_.rows() - i);
            const auto in = x_.middleRows(i, n);
            first_.noalias() = in * w1;
            first_.rowwise() += bias1;
            first_ = first_.array().tanh();
            second_.noalias() = first_ * w2;
            second_.rowwise() += bias2;
            second_ = second_.array().tanh();
            third_.noalias() = second_ * w3;
            third_.rowwise() += bias3;
            third_ -= y_.middleRows(i, n);
            squares += third_.squaredNorm();
            third_ *= 2 * share;
            dw3_.noalias() += second_.transpose() * third_;
            db3_ += third_.colwise().sum();
            second_slopes_.noalias() = third_ * w3.transpose();
            second_slopes_.array() *= 1 - second_.array().square();
            dw2_.noalias() += first_.transpose() * second_slopes_;
            db2_ += second_slopes_.colwise().sum();
            first_slopes_.noalias() = second_slopes_ * w2.transpose();
            first_slopes_.array() *= 1 - first_.array().square();
            dw1_.noalias() += in.transpose() * first_slopes_;
            db1_ += first_slopes_.colwise().sum();
        }
        const float factor = how.scale(++steps_);
        const float* slopes[] = {dw1_.data(), db1_.data(), dw2_.data(), db2_.data(), dw3_.data(), db3_.data()};
        for (std::size_t i = 0; i < 6; ++i) adam_[i].step(parameters_[i], slopes[i], factor);
        return squares * share;
    }
    std::vector<bench::numbers> results() const { return parameters_; }

private:
    bench::input<Eigen::Dynamic, 4> x_, y_;
    std::vector<bench::numbers> parameters_;
    std::vector<bench::eigen_adam> adam_;
    bench::matrix<Eigen::Dynamic, 32> first_, first_slopes_;
    bench::matrix<Eigen::Dynamic, 16> second_, second_slopes_;
    bench::matrix<Eigen::Dynamic, 4> third_;
    alignas(64) bench::matrix<4, 32> dw1_;
    alignas(64) bench::matrix<1, 32> db1_;
    alignas(64) bench::matrix<32, 16> dw2_;
    alignas(64) bench::matrix<1, 16> db2_;
    alignas(64) bench::matrix<16, 4> dw3_;
    alignas(64) bench::matrix<1, 4> db3_;
    int steps_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    constexpr std::size_t n = 10'000;
    bench::problem given = bench::classification(n, {inputs, wide_layer, narrow_layer, outputs});
    given.data = {bench::uniform(n * inputs, -1, 1, 1), bench::uniform(n * outputs, -1, 1, 2)};
    peers.workload("w12", given).peer<loops_peer>("loops").peer<ctgrad_peer>("ctgrad").peer<eigen_peer>("eigen");
    return peers.run();
}
