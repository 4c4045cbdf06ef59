// SPDX-License-Identifier: BSL-1.0

// W5: linear 10 to 3, batch 32: squared errors, their mean over axis 1, then the mean of those; the gradient to W and b.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide.hpp"

#include <ctgrad/ctgrad.hpp>

namespace {

namespace ct = ctgrad;

constexpr std::size_t batch = 32, features = 10, outputs = 3;

constexpr auto x = ct::placeholder<"x", float, 32, 10>;
constexpr auto y = ct::placeholder<"y", float, 32, 3>;
constexpr auto W = ct::variable<"W", float, 10, 3>;
constexpr auto b = ct::variable<"b", float, 3>;
constexpr auto losses = ct::reduce_mean(ct::square(ct::matmul(x, W) + b - y), ct::axis<1>);
constexpr auto loss = ct::reduce_mean(losses);
constexpr auto grads = ct::gradient(loss, W, b);

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given) : given_(given), dw_(features * outputs), db_(outputs) {}
    float step() {
        constexpr ct::function f{loss, grads[W], grads[b]};
        const auto results = f(x = fixed<batch * features>(given_.data[0]), y = fixed<batch * outputs>(given_.data[1]),
                               W = fixed<features * outputs>(given_.parameters[0]), b = fixed<outputs>(given_.parameters[1]),
                               grads[W] = std::span<float, features * outputs>(dw_), grads[b] = std::span<float, outputs>(db_));
        return std::get<0>(results);
    }
    std::vector<bench::numbers> results() const { return {dw_, db_}; }

private:
    template <std::size_t Size>
    static std::span<const float, Size> fixed(const bench::numbers& all) {
        return std::span<const float, Size>(all);
    }

    const bench::problem& given_;
    bench::numbers dw_, db_;
};

/// Sixteen examples in the lanes: the inputs are transposed in registers, the two products share them.
class loops_peer {
public:
    explicit loops_peer(const bench::problem& given)
        : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0].data()), b_(given.parameters[1].data()) {}

    float step() {
        using namespace bench::wide;
        f16 in[2][12], slope[2][outputs], squares{};
        unrolled<2>([&](auto g) {
            const float* from = x_ + g * lanes * features;
            f16 part[3][4];
            four_columns(from, features, part[0]);
            four_columns(from + 4, features, part[1]);
            four_columns(from + 6, features, part[2]); // two of them again: nothing is read behind the end
            unrolled<8>([&](auto k) { in[g][k] = part[k / 4][k % 4]; });
            unrolled<2>([&](auto k) { in[g][8 + k] = part[2][2 + k]; });
            f16 wanted[4];
            four_columns(y_ + g * (lanes * outputs - 1), outputs, wanted); // likewise: in the second half one column early
            unrolled<outputs>([&](auto c) {
                f16 error = all(b_[c]) - wanted[c + g];
                unrolled<features>([&](auto k) { error += in[g][k] * w_[k * outputs + c]; });
                squares += error * error;
                slope[g][c] = error * (2 / static_cast<float>(batch * outputs));
            });
        });
        f16 product[3][lanes]{};
        unrolled<features * outputs>([&](auto i) {
            product[i / lanes][i % lanes] = in[0][i / outputs] * slope[0][i % outputs] + in[1][i / outputs] * slope[1][i % outputs];
        });
        unrolled<outputs>([&](auto c) {
            constexpr std::size_t i = features * outputs + c;
            product[i / lanes][i % lanes] = slope[0][c] + slope[1][c];
        });
        store(slopes_, sums(product[0]));
        store(slopes_ + lanes, sums(product[1]));
        slopes_[2 * lanes] = sum(product[2][0]);
        return sum(squares) / static_cast<float>(batch * outputs);
    }

    std::vector<bench::numbers> results() const {
        const std::span all{slopes_};
        return {bench::copy(all.first(features * outputs)), bench::copy(all.subspan(features * outputs, outputs))};
    }

private:
    const float* x_;
    const float* y_;
    const float* w_;
    const float* b_;
    float slopes_[48]{};
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0].data()), b_(given.parameters[1].data()) {}
    float step() {
        const Eigen::Matrix<float, 32, 10> in = x_;
        const Eigen::Matrix<float, 10, 3> w = w_;
        Eigen::Matrix<float, 32, 3> error = -y_;
        error.rowwise() += b_;
        error += in.lazyProduct(w);
        const float value = error.squaredNorm() / 96;
        dw_.noalias() = in.transpose().lazyProduct(error) * (2.0f / 96);
        db_ = error.colwise().sum() * (2.0f / 96);
        return value;
    }
    std::vector<bench::numbers> results() const {
        const bench::matrix<10, 3> dw = dw_;
        return {bench::copy({dw.data(), 30}), bench::copy({db_.data(), 3})};
    }

private:
    bench::input<32, 10> x_;
    bench::input<32, 3> y_;
    bench::input<10, 3> w_;
    bench::input<1, 3> b_;
    Eigen::Matrix<float, 10, 3> dw_;
    bench::matrix<1, 3> db_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    bench::problem given{batch,
                         {bench::uniform(batch * features, -1, 1, 1), bench::uniform(batch * outputs, -1, 1, 2)},
                         {bench::uniform(features * outputs, -1, 1, 3), bench::uniform(outputs, -1, 1, 4)}};
    peers.workload("w5", std::move(given)).peer<loops_peer>("loops").peer<ctgrad_peer>("ctgrad").peer<eigen_peer>("eigen");
    bench::add_torch(peers, "w5");
    return peers.run();
}
