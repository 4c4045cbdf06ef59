// SPDX-License-Identifier: BSL-1.0

// W22: a convolution 3 by 3 ("same") of 32 images of 28 by 28, 32 to 64 channels, with both gradients; and a step of a convolutional
// net with Adam.
#include "openblas.hpp"
#include "support.hpp"
#include "torch.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;

namespace layer {

constexpr std::size_t edge = 28, points = edge * edge, channels = 32, filters = 64, depth = 9 * channels;

constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 32>;
constexpr auto dy = ct::placeholder<"dy", float, N, 28, 28, 64>;
constexpr auto kernel = ct::variable<"kernel", float, 3, 3, 32, 64>;
constexpr auto y = ct::conv2d(x, kernel, ct::padding = ct::same);
constexpr auto grads = ct::gradient(ct::reduce_sum(y * dy), x, kernel);

/// The three results, and what they are made of.
struct state {
    std::size_t rows;
    const bench::numbers& x;
    const bench::numbers& dy;
    const bench::numbers& kernel;
    bench::numbers y, dx, dkernel;

    explicit state(const bench::problem& given)
        : rows(given.rows), x(given.data[0]), dy(given.data[1]), kernel(given.parameters[0]), y(dy.size()), dx(x.size()),
          dkernel(kernel.size()) {}
    std::vector<bench::numbers> results() const { return {y, dx, dkernel}; }
};

class ctgrad_peer : state {
public:
    using state::results;
    using state::state;
    float step() {
        compute_(layer::x = x, layer::dy = dy, layer::kernel = kernel, layer::y = y, grads[layer::x] = dx, grads[layer::kernel] = dkernel);
        return y[0];
    }

private:
    ct::function<std::remove_const_t<decltype(layer::y)>, std::remove_const_t<decltype(grads[layer::x])>,
                 std::remove_const_t<decltype(grads[layer::kernel])>>
        compute_{layer::y, grads[layer::x], grads[layer::kernel]};
};

/// Image by image: windows as rows of a matrix, and products by OpenBLAS.
class openblas_peer : state {
public:
    using state::results;
    explicit openblas_peer(const bench::problem& given) : state(given), windows_(points * depth), slopes_(points * depth) {
        bench::one_thread();
    }
    float step() {
        using enum bench::form;
        std::ranges::fill(dx, 0.0f);
        for (std::size_t i = 0; i < rows; ++i) {
            const float* const image = x.data() + i * points * channels;
            float* const slope = dx.data() + i * points * channels;
            const float* const from_y = dy.data() + i * points * filters;
            for_each_row([&](std::size_t at, std::size_t source, bool inside) {
                if (inside)
                    std::copy_n(image + source, channels, windows_.data() + at);
                else
                    std::fill_n(windows_.data() + at, channels, 0.0f);
            });
            bench::sgemm(plain, plain, points, filters, depth, windows_.data(), kernel.data(), y.data() + i * points * filters);
            bench::sgemm(transposed, plain, depth, filters, points, windows_.data(), from_y, dkernel.data(), 1, i == 0 ? 0 : 1);
            bench::sgemm(plain, transposed, points, depth, filters, from_y, kernel.data(), slopes_.data());
            for_each_row([&](std::size_t at, std::size_t source, bool inside) {
                for (std::size_t c = 0; inside && c < channels; ++c) slope[source + c] += slopes_[at + c];
            });
        }
        return y[0];
    }

private:
    /// Calls `visit(place in the matrix, place in the image, whether there is one)` for the channels of each element of each window.
    template <class Visit>
    static void for_each_row(Visit visit) {
        for (std::size_t p = 0; p < points; ++p)
            for (std::size_t k = 0; k < 9; ++k) {
                const std::size_t h = p / edge + k / 3, w = p % edge + k % 3; // one too large
                const bool inside = h > 0 && h <= edge && w > 0 && w <= edge;
                visit((p * 9 + k) * channels, ((h - 1) * edge + w - 1) * channels, inside);
            }
    }

    bench::numbers windows_, slopes_;
};

bench::problem given() {
    return {32,
            {bench::uniform(32 * points * channels, -1, 1, 1), bench::uniform(32 * points * filters, -1, 1, 2)},
            {bench::uniform(depth * filters, -0.1f, 0.1f, 3)}};
}

} // namespace layer

namespace net {

constexpr auto x = ct::placeholder<"x", float, N, 28, 28, 1>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto k1 = ct::variable<"k1", float, 3, 3, 1, 32>;
constexpr auto b1 = ct::variable<"b1", float, 32>;
constexpr auto k2 = ct::variable<"k2", float, 3, 3, 32, 64>;
constexpr auto b2 = ct::variable<"b2", float, 64>;
constexpr auto W3 = ct::variable<"W3", float, 3136, 128>;
constexpr auto b3 = ct::variable<"b3", float, 128>;
constexpr auto W4 = ct::variable<"W4", float, 128, 10>;
constexpr auto b4 = ct::variable<"b4", float, 10>;

constexpr auto first = ct::max_pool2d(ct::relu(ct::conv2d(x, k1, ct::padding = ct::same) + b1), ct::pool_size<2>);
constexpr auto second = ct::max_pool2d(ct::relu(ct::conv2d(first, k2, ct::padding = ct::same) + b2), ct::pool_size<2>);
constexpr auto hidden = ct::relu(ct::matmul(ct::reshape(second, ct::dims<N, 3136>), W3) + b3);
constexpr auto logits = ct::matmul(hidden, W4) + b4;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));
constexpr auto training = ct::minimize(loss, ct::adam(0.001_c));

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]),
          train_(training, k1 = given.parameters[0], b1 = given.parameters[1], k2 = given.parameters[2], b2 = given.parameters[3],
                 W3 = given.parameters[4], b3 = given.parameters[5], W4 = given.parameters[6], b4 = given.parameters[7]) {}
    float step() { return train_(x = x_, y = y_); }
    std::vector<bench::numbers> results() const {
        return {bench::copy(train_[k1]), bench::copy(train_[b1]), bench::copy(train_[k2]), bench::copy(train_[b2]),
                bench::copy(train_[W3]), bench::copy(train_[b3]), bench::copy(train_[W4]), bench::copy(train_[b4])};
    }

private:
    std::span<const float> x_, y_;
    ct::trainer<std::remove_const_t<decltype(training)>> train_;
};

bench::problem given() {
    bench::problem p{64, {bench::uniform(64 * 784, 0, 1, 1), bench::labels(64, 10, 2)}, {}};
    const std::size_t sizes[] = {9 * 32, 32, 9 * 32 * 64, 64, 3136 * 128, 128, 1280, 10};
    const float limits[] = {0.2f, 0.1f, 0.08f, 0.1f, 0.04f, 0.1f, 0.2f, 0.1f};
    for (unsigned i = 0; i < 8; ++i) p.parameters.push_back(bench::uniform(sizes[i], -limits[i], limits[i], 10 + i));
    return p;
}

} // namespace net

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w22/layer", layer::given()).peer<layer::openblas_peer>("openblas").peer<layer::ctgrad_peer>("ctgrad");
    bench::add_torch(peers, "w22/layer");
    peers.workload("w22/net", net::given()).peer<net::ctgrad_peer>("ctgrad");
    bench::add_torch(peers, "w22/net");
    return peers.run();
}
