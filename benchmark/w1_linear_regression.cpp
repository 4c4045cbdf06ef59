// SPDX-License-Identifier: BSL-1.0

// W1: mean squared error of x[4,1] W[1,1], gradient descent.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"

#include <ctgrad/ctgrad.hpp>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto x = ct::placeholder<"x", float, 4, 1>;
constexpr auto y = ct::placeholder<"y", float, 4, 1>;
constexpr auto W = ct::variable<"W", float, 1, 1>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
constexpr auto training = ct::minimize(loss, ct::gradient_descent(0.01_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given) : x_(given.data[0]), y_(given.data[1]), train_(training, W = given.parameters[0]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const { return {bench::copy(train_[W])}; }

private:
    std::span<const float, 4> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

class loops_peer {
public:
    explicit loops_peer(const bench::problem& given) : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0]) {}
    float step() {
        const float w = w_[0];
        float error[4], slope[4];
        for (int i = 0; i < 4; ++i) {
            error[i] = w * x_[i] - y_[i];
            asm("" : "+x"(error[i])); // scalars are faster here: a step waits for the one before, and shuffles take time
            slope[i] = -0.005f * x_[i];
        }
        w_[0] = (w + error[0] * slope[0] + error[1] * slope[1]) + (error[2] * slope[2] + error[3] * slope[3]);
        return 0.25f * ((error[0] * error[0] + error[1] * error[1]) + (error[2] * error[2] + error[3] * error[3]));
    }
    std::vector<bench::numbers> results() const { return {w_}; }

private:
    const float* x_;
    const float* y_;
    bench::numbers w_;
};

class eigen_peer {
public:
    explicit eigen_peer(const bench::problem& given) : x_(given.data[0].data()), y_(given.data[1].data()), w_(given.parameters[0][0]) {}
    float step() {
        const Eigen::Vector4f error = x_ * w_ - y_;
        w_ -= 0.01f * (0.5f * error.dot(x_));
        return 0.25f * error.squaredNorm();
    }
    std::vector<bench::numbers> results() const { return {{w_}}; }

private:
    Eigen::Map<const Eigen::Vector4f> x_, y_;
    float w_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w1", {4, {{1, 2, 3, 4}, {2, 4, 5.9f, 8.1f}}, {{0.5f}}})
        .peer<loops_peer>("loops")
        .peer<ctgrad_peer>("ctgrad")
        .peer<eigen_peer>("eigen");
    bench::add_torch(peers, "w1");
    return peers.run();
}
