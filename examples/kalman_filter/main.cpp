// SPDX-License-Identifier: BSL-1.0

// A Kalman filter whose noise is learned: tracks of points in the plane, of which only noisy positions are seen. How far the position is
// seen from where the filter expects it has a likelihood; its gradient says how noisy the motion and the measurement are. Part of
// docs/how_to/linear_algebra.md.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr int steps = 4;
constexpr auto N = ct::dim<"N">; // tracks
constexpr auto seen = ct::placeholder<"seen", double, N, steps, 2>;
constexpr auto start = ct::placeholder<"start", double, N, 4>;         // positions and velocities
constexpr auto uncertain = ct::placeholder<"uncertain", double, 4, 4>; // how well they are known

constexpr auto log_motion = ct::variable<"log_motion", double>;   // the standard deviation of the change of velocity in a step
constexpr auto log_measure = ct::variable<"log_measure", double>; // and of what is measured

// The state moves by F, and the first two of its numbers are seen: rows of H.
constexpr auto F = ct::placeholder<"F", double, 4, 4>;
constexpr auto H = ct::placeholder<"H", double, 2, 4>;
constexpr auto pushed = ct::placeholder<"pushed", double, 4, 4>; // where the change of velocity goes

constexpr auto motion = ct::exp(2_c * log_motion) * pushed;
constexpr auto measure = ct::diag(ct::broadcast_to(ct::exp(2_c * log_measure), ct::dims<2>));

/// What is left of the tracks from step `Step` on: the logarithm of how unlikely they are, given the mean and covariance before.
template <int Step>
constexpr auto unlikeliness(auto mean, auto covariance) {
    const auto expected = ct::einsum<"ij,nj->ni">(F, mean);
    const auto spread = ct::einsum<"ij,jk,lk->il">(F, covariance, F) + motion;
    const auto position = ct::squeeze(ct::slice(seen, ct::begin<0, Step, 0>, ct::size<-1, 1, 2>), ct::axis<1>);
    const auto surprise = position - ct::einsum<"ij,nj->ni">(H, expected);
    const auto of_surprise = ct::einsum<"ij,jk,lk->il">(H, spread, H) + measure;
    const auto weighed = ct::squeeze(ct::solve(of_surprise, ct::expand_dims(surprise, ct::axis<2>)), ct::axis<2>);
    const auto cost = 0.5_c * (ct::reduce_mean(ct::vecdot(surprise, weighed)) + ct::slogdet(of_surprise).log_abs_det);
    if constexpr (Step + 1 == steps)
        return cost;
    else {
        const auto gain = ct::solve(of_surprise, ct::matmul(H, spread)); // [2,4]
        const auto corrected = expected + ct::matmul(surprise, gain);
        return cost + unlikeliness<Step + 1>(corrected, spread - ct::matmul(gain, ct::matmul(H, spread), ct::transpose_a));
    }
}

constexpr auto loss = unlikeliness<0>(start, uncertain);

/// Nearly normal numbers, the same everywhere.
class disturbance {
public:
    double operator()(double deviation) {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(engine_()) / 4294967296.0;
        return deviation * sum;
    }

private:
    std::mt19937 engine_{1};
};

} // namespace

int main() {
    const std::array<double, 16> moves{1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1};
    const std::array<double, 16> push{0.25, 0, 0.5, 0, 0, 0.25, 0, 0.5, 0.5, 0, 1, 0, 0, 0.5, 0, 1}; // in the middle of a step
    const std::array<double, 16> exactly{};
    const std::array<double, 8> shows{1, 0, 0, 0, 0, 1, 0, 0};

    constexpr int tracks = 400;
    constexpr double true_motion = 0.3, true_measure = 0.5;
    disturbance by;
    std::vector<double> from, positions;
    for (int track = 0; track < tracks; ++track) {
        std::array<double, 4> state{by(1), by(1), by(1), by(1)};
        from.insert(from.end(), state.begin(), state.end());
        for (int step = 0; step < steps; ++step)
            for (std::size_t axis = 0; axis < 2; ++axis) {
                const double change = by(true_motion);
                state[axis] += state[axis + 2] + change / 2;
                state[axis + 2] += change;
                positions.push_back(state[axis] + by(true_measure));
            }
    }

    ct::trainer train{ct::minimize(loss, ct::adam(0.05_c))};
    for (int step = 0; step <= 120; ++step) {
        const double value = train(seen = positions, start = from, uncertain = exactly, F = moves, H = shows, pushed = push);
        if (step % 30 == 0)
            std::printf("step %3d: loss %7.4f, motion %.3f, measure %.3f\n", step, value, std::exp(train[log_motion][0]),
                        std::exp(train[log_measure][0]));
    }
    std::printf("they are %.3f and %.3f\n", true_motion, true_measure);
}
