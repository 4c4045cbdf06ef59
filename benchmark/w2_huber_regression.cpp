// SPDX-License-Identifier: BSL-1.0

// W2: Huber loss (delta 1) of x[4,1] W[1,1] + b, chosen by where; gradient descent.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>
#include <cmath>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto x = ct::placeholder<"x", float, 4, 1>;
constexpr auto y = ct::placeholder<"y", float, 4, 1>;
constexpr auto W = ct::variable<"W", float, 1, 1>;
constexpr auto b = ct::variable<"b", float, 1, 1>;
constexpr auto error = ct::matmul(x, W) + b - y;
constexpr auto size = ct::abs(error);
constexpr auto loss = ct::reduce_mean(ct::where(size <= 1.0_c, 0.5_c * ct::square(error), size - 0.5_c));
constexpr auto training = ct::minimize(loss, ct::gradient_descent(0.01_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]), train_(training, W = given.parameters[0], b = given.parameters[1]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const { return {bench::copy(train_[W]), bench::copy(train_[b])}; }

private:
    std::span<const float, 4> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

#ifdef __clang__
constexpr bool clang = true;
#else
constexpr bool clang = false;
#endif

class loops_peer {
public:
    explicit loops_peer(const bench::problem& given)
        : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0]), b_(given.parameters[1]) {}
    float step() {
        const float w = w_[0], b0 = b_[0];
        float each[4], slope[4];
        for (int i = 0; i < 4; ++i) {
            const float apart = w * x_[i] + (b0 - y_[i]), far = std::abs(apart);
            slope[i] = std::min(std::max(apart, -1.0f), 1.0f);
            each[i] = far <= 1 ? 0.5f * apart * apart : far - 0.5f;
            asm("" : "+x"(clang ? slope[i] : each[i])); // scalars: see W1
        }
        w_[0] = (w - 0.0025f * x_[0] * slope[0] - 0.0025f * x_[1] * slope[1]) - (0.0025f * x_[2] * slope[2] + 0.0025f * x_[3] * slope[3]);
        b_[0] = b0 - 0.0025f * ((slope[0] + slope[1]) + (slope[2] + slope[3]));
        return 0.25f * ((each[0] + each[1]) + (each[2] + each[3]));
    }
    std::vector<bench::numbers> results() const { return {w_, b_}; }

private:
    const float* x_;
    const float* y_;
    bench::numbers w_, b_;
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given)
        : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0][0]), b_(given.parameters[1][0]) {}
    float step() {
        const Eigen::Array4f apart = x_ * w_ + (b_ - y_), far = apart.abs();
        const Eigen::Array4f slope = apart.max(-1.0f).min(1.0f);
        w_ -= 0.0025f * (slope * x_).sum();
        b_ -= 0.0025f * slope.sum();
        return 0.25f * (far <= 1.0f).select(0.5f * apart.square(), far - 0.5f).sum();
    }
    std::vector<bench::numbers> results() const { return {{w_}, {b_}}; }

private:
    Eigen::Map<const Eigen::Array4f> x_, y_;
    float w_, b_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w2", {4, {{1, 2, 3, 4}, {2, 4.1f, 5.8f, 8.2f}}, {{0.1f}, {0.1f}}})
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen");
    bench::add_torch(peers, "w2");
    return peers.run();
}
