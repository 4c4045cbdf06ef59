// SPDX-License-Identifier: BSL-1.0

// What `fit` adds to the steps of a trainer: epochs of ten batches of 100, in a loop by hand and by `fit`.
#include "support.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t batches = 10, batch = 100, pixels = 784, classes = 10;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto loss = [](auto truth, auto logits) {
    return ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = logits));
};

struct softmax_regression {
    static constexpr auto W = ct::variable<"W", float, 784, 10>;
    static constexpr auto b = ct::variable<"b", float, 10>;
    static constexpr auto optimizer = ct::gradient_descent(0.1_c);
    constexpr auto operator()(auto in) const { return ct::matmul(in, W) + b; }

    static void set(auto& store, const bench::problem& given) {
        store.set(W = given.parameters[0]);
        store.set(b = given.parameters[1]);
    }
    static std::vector<bench::numbers> results(const auto& store) { return {bench::copy(store[W]), bench::copy(store[b])}; }
};

struct perceptron {
    static constexpr auto W1 = ct::variable<"W1", float, 784, 128>;
    static constexpr auto b1 = ct::variable<"b1", float, 128>;
    static constexpr auto W2 = ct::variable<"W2", float, 128, 10>;
    static constexpr auto b2 = ct::variable<"b2", float, 10>;
    static constexpr auto optimizer = ct::adam(0.001_c);
    constexpr auto operator()(auto in) const { return ct::matmul(ct::relu(ct::matmul(in, W1) + b1), W2) + b2; }

    static void set(auto& store, const bench::problem& given) {
        store.set(W1 = given.parameters[0]);
        store.set(b1 = given.parameters[1]);
        store.set(W2 = given.parameters[2]);
        store.set(b2 = given.parameters[3]);
    }
    static std::vector<bench::numbers> results(const auto& store) { return {bench::copy(store[W1]), bench::copy(store[W2])}; }
};

template <class Model>
class loop_peer {
public:
    explicit loop_peer(const bench::problem& given)
        : x_(given.data[0]), y_(given.data[1]), train_(ct::minimize(loss(y, Model{}(x)), Model::optimizer)) {
        Model::set(train_, given);
    }
    float step() {
        float sum = 0;
        for (std::size_t i = 0; i < batches; ++i)
            sum += static_cast<float>(
                train_(x = x_.subspan(i * batch * pixels, batch * pixels), y = y_.subspan(i * batch * classes, batch * classes)));
        return sum / batches;
    }
    std::vector<bench::numbers> results() const { return Model::results(train_); }

private:
    std::span<const float> x_, y_;
    ct::trainer<decltype(ct::minimize(loss(y, Model{}(x)), Model::optimizer))> train_;
};

template <class Model>
class fit_peer {
public:
    explicit fit_peer(const bench::problem& given) : x_(given.data[0]), y_(given.data[1]) { Model::set(net_, given); }
    float step() { return static_cast<float>(net_.fit(x_, y_, {.batch_size = batch, .shuffle = false, .verbose = 0})["loss"][0]); }
    std::vector<bench::numbers> results() const { return Model::results(net_); }

private:
    std::span<const float> x_, y_;
    decltype(ct::compile(Model{}, Model::optimizer, loss, ct::fed_by(x, y))) net_ =
        ct::compile(Model{}, Model::optimizer, loss, ct::fed_by(x, y));
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("fit/softmax_regression", bench::classification(batches * batch, {pixels, classes}))
        .peer<loop_peer<softmax_regression>>("loop")
        .peer<fit_peer<softmax_regression>>("fit");
    peers.workload("fit/perceptron", bench::classification(batches * batch, {pixels, 128, classes}))
        .peer<loop_peer<perceptron>>("loop")
        .peer<fit_peer<perceptron>>("fit");
    return peers.run();
}
