// SPDX-License-Identifier: BSL-1.0

// W20: attention, softmax(q k^T / 4) v, of 8 examples with 4 heads of 64 positions and 16 features: the sum of its elements, each with a
// weight, and the gradients to q, k and v; by products of matrices [8,4,64,16], and by `einsum` where heads lie behind positions,
// [8,64,4,16].
#include "openblas.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <span>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr std::size_t examples = 8, heads = 4, positions = 64, features = 16;
constexpr std::size_t count = examples * heads * positions * features;

/// What goes in, and where the gradients go.
struct attention {
    bench::numbers q, k, v, direction;
    bench::numbers of_q = bench::numbers(count), of_k = of_q, of_v = of_q;

    explicit attention(const bench::problem& given)
        : q(given.parameters[0]), k(given.parameters[1]), v(given.parameters[2]), direction(given.data[0]) {}
    std::vector<bench::numbers> results() const { return {of_q, of_k, of_v}; }
};

class ctgrad_peer : attention {
    static constexpr auto q_ = ct::placeholder<"q", float, examples, heads, positions, features>;
    static constexpr auto k_ = ct::placeholder<"k", float, examples, heads, positions, features>;
    static constexpr auto v_ = ct::placeholder<"v", float, examples, heads, positions, features>;
    static constexpr auto u_ = ct::placeholder<"u", float, examples, heads, positions, features>;
    static constexpr auto weights = ct::softmax(ct::matmul(q_, k_, ct::transpose_b) * 0.25_c);
    static constexpr auto y = ct::matmul(weights, v_);
    static constexpr auto loss = ct::reduce_sum(y * u_);
    static constexpr auto grads = ct::gradient(loss, q_, k_, v_);

public:
    using attention::attention, attention::results;
    float step() {
        constexpr ct::function f{loss, grads[q_], grads[k_], grads[v_]};
        return std::get<0>(f(scratch_, q_ = q, k_ = k, v_ = v, u_ = direction, grads[q_] = of_q, grads[k_] = of_k, grads[v_] = of_v));
    }

private:
    ct::workspace scratch_;
};

/// The same data with heads behind positions; results are compared in the order of the others.
class einsum_peer : attention {
    static constexpr auto q_ = ct::placeholder<"q", float, examples, positions, heads, features>;
    static constexpr auto k_ = ct::placeholder<"k", float, examples, positions, heads, features>;
    static constexpr auto v_ = ct::placeholder<"v", float, examples, positions, heads, features>;
    static constexpr auto u_ = ct::placeholder<"u", float, examples, positions, heads, features>;
    static constexpr auto weights = ct::softmax(ct::einsum<"nqhd,nkhd->nhqk">(q_, k_) * 0.25_c);
    static constexpr auto y = ct::einsum<"nhqk,nkhd->nqhd">(weights, v_);
    static constexpr auto loss = ct::reduce_sum(y * u_);
    static constexpr auto grads = ct::gradient(loss, q_, k_, v_);

    static bench::numbers turned(const bench::numbers& x, bool back) {
        bench::numbers to(count);
        for (std::size_t n = 0; n < examples; ++n)
            for (std::size_t h = 0; h < heads; ++h)
                for (std::size_t p = 0; p < positions; ++p)
                    for (std::size_t d = 0; d < features; ++d) {
                        const std::size_t by_heads = ((n * heads + h) * positions + p) * features + d;
                        const std::size_t by_positions = ((n * positions + p) * heads + h) * features + d;
                        (back ? to[by_heads] : to[by_positions]) = x[back ? by_positions : by_heads];
                    }
        return to;
    }

public:
    explicit einsum_peer(const bench::problem& given) : attention(given) {
        for (bench::numbers* x : {&q, &k, &v, &direction}) *x = turned(*x, false);
    }
    float step() {
        constexpr ct::function f{loss, grads[q_], grads[k_], grads[v_]};
        return std::get<0>(f(scratch_, q_ = q, k_ = k, v_ = v, u_ = direction, grads[q_] = of_q, grads[k_] = of_k, grads[v_] = of_v));
    }
    std::vector<bench::numbers> results() const {
        std::vector<bench::numbers> all;
        for (const bench::numbers* x : {&of_q, &of_k, &of_v}) all.push_back(turned(*x, true));
        return all;
    }

private:
    ct::workspace scratch_;
};

/// OpenBLAS for the products of each head, and loops of vectors for the softmax and its derivative.
class openblas_peer : attention {
public:
    explicit openblas_peer(const bench::problem& given) : attention(given) { bench::one_thread(); }
    using attention::results;
    float step() {
        using bench::form, bench::sgemm;
        constexpr std::size_t n = positions, d = features;
        bench::wide::f16 total{};
        for (std::size_t head = 0; head < examples * heads; ++head) {
            const std::size_t at = head * n * d;
            float* const p = weights_.data();
            float* const s = slopes_.data();
            sgemm(form::plain, form::transposed, n, n, d, &q[at], &k[at], p, 0.25f, 0);
            for (std::size_t i = 0; i < n; ++i) softmax(p + i * n);
            sgemm(form::plain, form::plain, n, d, n, p, &v[at], y_.data(), 1, 0);
            for (std::size_t i = 0; i < n * d; i += 16) total += bench::wide::load(&y_[i]) * bench::wide::load(&direction[at + i]);
            sgemm(form::transposed, form::plain, n, d, n, p, &direction[at], &of_v[at], 1, 0);
            sgemm(form::plain, form::transposed, n, n, d, &direction[at], &v[at], s, 1, 0);
            for (std::size_t i = 0; i < n; ++i) softmax_slope(p + i * n, s + i * n);
            sgemm(form::plain, form::plain, n, d, n, s, &k[at], &of_q[at], 0.25f, 0);
            sgemm(form::transposed, form::plain, n, d, n, s, &q[at], &of_k[at], 0.25f, 0);
        }
        return bench::wide::sum(total);
    }

private:
    bench::numbers weights_ = bench::numbers(positions * positions), slopes_ = weights_, y_ = bench::numbers(positions * features);

    static void softmax(float* row) {
        using namespace bench::wide;
        f16 x[4], most = load(row);
        for (std::size_t i = 0; i < 4; ++i) most = max(most, x[i] = load(row + 16 * i));
        const f16 largest_one = all(largest(most));
        f16 total{};
        for (f16& each : x) total += each = exp(each - largest_one);
        const f16 scale = all(1 / sum(total));
        for (std::size_t i = 0; i < 4; ++i) store(row + 16 * i, x[i] * scale);
    }
    static void softmax_slope(const float* weights, float* slope) {
        using namespace bench::wide;
        f16 total{};
        for (std::size_t i = 0; i < 4; ++i) total += load(weights + 16 * i) * load(slope + 16 * i);
        const f16 mean = all(sum(total));
        for (std::size_t i = 0; i < 4; ++i) store(slope + 16 * i, (load(slope + 16 * i) - mean) * load(weights + 16 * i));
    }
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    std::vector<bench::numbers> leaves;
    for (unsigned seed = 1; seed <= 3; ++seed) leaves.push_back(bench::uniform(count, -1, 1, seed));
    peers.workload("w20", {examples, {bench::uniform(count, -1, 1, 4)}, leaves})
        .peer<openblas_peer>("openblas")
        .peer<ctgrad_peer>("ctgrad")
        .peer<einsum_peer>("ctgrad einsum");
    bench::add_torch(peers, "w20");
    return peers.run();
}
