// SPDX-License-Identifier: BSL-1.0

// W3: softmax regression 784 to 10, gradient descent with rate 0.5.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "w3_loops.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

using bench::w3::classes, bench::w3::pixels, bench::w3::rate, bench::w3::loops_peer;

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
