// SPDX-License-Identifier: BSL-1.0

// W23: the last output of an LSTM, 32 sequences of 20 steps, 64 to 64, its mean squared error and all gradients, that to the input too.
#include "openblas.hpp"
#include "support.hpp"
#include "torch_peer.hpp"
#include "wide_many.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/layers/lstm.hpp>

#include <algorithm>
#include <vector>

namespace {

namespace ct = ctgrad;

constexpr std::size_t rows = 32, steps = 20, features = 64, units = 64, gates = 4 * units;

constexpr auto x = ct::variable<"x", float, 32, 20, 64>;
constexpr auto y = ct::placeholder<"y", float, 32, 64>;
constexpr auto W = ct::variable<"lstm/kernel", float, 64, 256>;
constexpr auto U = ct::variable<"lstm/recurrent_kernel", float, 64, 256>;
constexpr auto b = ct::variable<"lstm/bias", float, 256>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::lstm<64>()(x) - y));
constexpr auto slopes = ct::gradient(loss, x, W, U, b);

struct results_of_step {
    bench::numbers dx = bench::numbers(rows * steps * features), dW = bench::numbers(features * gates), dU = bench::numbers(units * gates),
                   db = bench::numbers(gates);
    std::vector<bench::numbers> results() const { return {dx, dW, dU, db}; }
};

class ctgrad_peer : results_of_step {
public:
    using results_of_step::results;
    explicit ctgrad_peer(const bench::problem& given) : given_(given) {}
    float step() {
        constexpr ct::function f{loss, slopes[x], slopes[W], slopes[U], slopes[b]};
        return std::get<0>(f(scratch_, y = given_.data[0], x = given_.parameters[0], W = given_.parameters[1], U = given_.parameters[2],
                             b = given_.parameters[3], slopes[x] = dx, slopes[W] = dW, slopes[U] = dU, slopes[b] = db));
    }

private:
    const bench::problem& given_;
    ct::workspace scratch_;
};

/// Products by OpenBLAS, those of all steps as one; one loop for all that is done to a step's gates, and one back.
class openblas_peer : results_of_step {
    using f16 = bench::wide::f16;
    static constexpr std::size_t lanes = bench::wide::lanes;

public:
    using results_of_step::results;
    explicit openblas_peer(const bench::problem& given)
        : x_(given.parameters[0].data()), w_(given.parameters[1].data()), u_(given.parameters[2].data()), b_(given.parameters[3].data()),
          y_(given.data[0].data()) {
        bench::one_thread();
    }
    float step() {
        using bench::form, bench::sgemm;
        for (std::size_t t = 0; t < steps; ++t)
            for (std::size_t n = 0; n < rows; ++n)
                std::copy_n(x_ + (n * steps + t) * features, features, by_time_.data() + (t * rows + n) * features);
        for (std::size_t r = 0; r < steps * rows; ++r) std::copy_n(b_, gates, z_.data() + r * gates);
        sgemm(form::plain, form::plain, steps * rows, gates, features, by_time_.data(), w_, z_.data(), 1, 1);
        for (std::size_t t = 0; t < steps; ++t) {
            if (t > 0) sgemm(form::plain, form::plain, rows, gates, units, h(t), u_, z_.data() + t * rows * gates, 1, 1);
            forward(t);
        }
        const float share = 1 / static_cast<float>(rows * units);
        float value = 0;
        for (std::size_t i = 0; i < rows * units; ++i) {
            const float apart = h(steps)[i] - y_[i];
            value += apart * apart;
            dh_[i] = 2 * share * apart;
        }
        std::fill(dc_.begin(), dc_.end(), 0.0f);
        for (std::size_t t = steps; t-- > 0;) {
            backward(t);
            if (t > 0) sgemm(form::plain, form::transposed, rows, units, gates, z_.data() + t * rows * gates, u_, dh_.data());
        }
        sgemm(form::transposed, form::plain, units, gates, steps * rows, h(0), z_.data(), dU.data());
        sgemm(form::transposed, form::plain, features, gates, steps * rows, by_time_.data(), z_.data(), dW.data());
        sgemm(form::plain, form::transposed, steps * rows, features, gates, z_.data(), w_, by_time_.data());
        for (std::size_t t = 0; t < steps; ++t)
            for (std::size_t n = 0; n < rows; ++n)
                std::copy_n(by_time_.data() + (t * rows + n) * features, features, dx.data() + (n * steps + t) * features);
        for (std::size_t j = 0; j < gates; j += lanes) {
            f16 sum{};
            for (std::size_t r = 0; r < steps * rows; ++r) sum += bench::wide::load(z_.data() + r * gates + j);
            bench::wide::store(db.data() + j, sum);
        }
        return value * share;
    }

private:
    /// The outputs before step `t`, for all rows.
    float* h(std::size_t t) { return h_.data() + t * rows * units; }
    float* c(std::size_t t) { return c_.data() + t * rows * units; }

    /// What comes behind the products of a step; its gates stay in their place.
    void forward(std::size_t t) {
        using namespace bench::wide;
        for (std::size_t n = 0; n < rows; ++n) {
            float* z = z_.data() + (t * rows + n) * gates;
            for (std::size_t k = 0; k < units; k += lanes) {
                // A sigmoid is a tanh of half of it.
                const many<4> bent4 = tanh(
                    many<4>{{0.5f * load(z + k), 0.5f * load(z + units + k), load(z + 2 * units + k), 0.5f * load(z + 3 * units + k)}});
                const f16 i = 0.5f * bent4.v[0] + 0.5f, f = 0.5f * bent4.v[1] + 0.5f, g = bent4.v[2], o = 0.5f * bent4.v[3] + 0.5f;
                const f16 state = f * load(c(t) + n * units + k) + i * g;
                store(z + k, i);
                store(z + units + k, f);
                store(z + 2 * units + k, g);
                store(z + 3 * units + k, o);
                store(c(t + 1) + n * units + k, state);
                const f16 bent = tanh(many<1>{{state}}).v[0];
                store(bent_.data() + (t * rows + n) * units + k, bent);
                store(h(t + 1) + n * units + k, o * bent);
            }
        }
    }
    /// The slopes of a step's products take the place of its gates.
    void backward(std::size_t t) {
        using namespace bench::wide;
        for (std::size_t n = 0; n < rows; ++n) {
            float* z = z_.data() + (t * rows + n) * gates;
            for (std::size_t k = 0; k < units; k += lanes) {
                const f16 i = load(z + k), f = load(z + units + k), g = load(z + 2 * units + k), o = load(z + 3 * units + k);
                const f16 bent = load(bent_.data() + (t * rows + n) * units + k), dh = load(dh_.data() + n * units + k);
                const f16 dc = load(dc_.data() + n * units + k) + dh * o * (1 - bent * bent);
                store(z + k, dc * g * i * (1 - i));
                store(z + units + k, dc * load(c(t) + n * units + k) * f * (1 - f));
                store(z + 2 * units + k, dc * i * (1 - g * g));
                store(z + 3 * units + k, dh * bent * o * (1 - o));
                store(dc_.data() + n * units + k, dc * f);
            }
        }
    }

    const float *x_, *w_, *u_, *b_, *y_;
    bench::numbers by_time_ = bench::numbers(steps * rows * features), z_ = bench::numbers(steps * rows * gates),
                   h_ = bench::numbers((steps + 1) * rows * units), c_ = bench::numbers((steps + 1) * rows * units),
                   bent_ = bench::numbers(steps * rows * units), dh_ = bench::numbers(rows * units), dc_ = bench::numbers(rows * units);
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    const float limit = 0.15f;
    const bench::problem given{rows,
                               {bench::uniform(rows * units, -1, 1, 1)},
                               {bench::uniform(rows * steps * features, -1, 1, 2), bench::uniform(features * gates, -limit, limit, 3),
                                bench::uniform(units * gates, -limit, limit, 4), bench::uniform(gates, -limit, limit, 5)}};
    peers.workload("w23", given).peer<openblas_peer>("openblas").peer<ctgrad_peer>("ctgrad");
#ifdef BENCHMARK_TORCH
    peers.peer("torch", [](const bench::problem& p) { return bench::make_torch("w23", p); });
#endif
    return peers.run();
}
