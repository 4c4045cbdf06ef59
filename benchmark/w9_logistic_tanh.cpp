// SPDX-License-Identifier: BSL-1.0

// W9: mean(log(1 + exp(-y tanh(a x + b)))) and its gradients to x, a and b.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide_many.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto a = ct::variable<"a", float>;
constexpr auto b = ct::variable<"b", float>;
constexpr auto loss = ct::reduce_mean(ct::log(1_c + ct::exp(-y * ct::tanh(a * x + b))));
constexpr auto grads = ct::gradient(loss, x, a, b);

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given) : given_(given), dx_(given.rows) {}
    float step() {
        constexpr ct::function f{loss, grads[x], grads[a], grads[b]};
        const auto results =
            f(y = given_.data[0], x = given_.parameters[0], a = given_.parameters[1][0], b = given_.parameters[2][0], grads[x] = dx_);
        da_ = std::get<2>(results);
        db_ = std::get<3>(results);
        return std::get<0>(results);
    }
    std::vector<bench::numbers> results() const { return {dx_, {da_}, {db_}}; }

private:
    const bench::problem& given_;
    bench::numbers dx_;
    float da_ = 0, db_ = 0;
};

class loops_peer {
    static constexpr std::size_t vectors = 4;
    using vector = bench::wide::many<vectors>;

public:
    explicit loops_peer(const bench::problem& given) : given_(given), dx_(given.rows) {}

    float step() {
        constexpr std::size_t piece = 4096; // sums of sums: they stay exact for a million
        total_ = da_ = db_ = 0;
        for (std::size_t i = 0; i < given_.rows; i += piece) part(i, std::min(piece, given_.rows - i));
        const float share = 1 / static_cast<float>(given_.rows);
        da_ *= share;
        db_ *= share;
        return total_ * share;
    }
    std::vector<bench::numbers> results() const { return {dx_, {da_}, {db_}}; }

private:
    void part(std::size_t start, std::size_t count) {
        using namespace bench::wide;
        const float slope = given_.parameters[1][0], offset = given_.parameters[2][0];
        const float scale = slope / static_cast<float>(given_.rows);
        const float* in = given_.parameters[0].data() + start;
        const float* label = given_.data[0].data() + start;
        float* out = dx_.data() + start;
        log_sum<vectors> total;
        vector da{}, db{};
        const auto values = [&](const vector& v, const vector& sign, const auto& keep) __attribute__((always_inline)) {
            const vector r = 1 / (exp(fma(v, 2 * slope, 2 * offset)) + 1); // tanh is 1 - 2r, its derivative 4r(1 - r)
            const vector q = exp(sign * fma(r, 2, -1)) + 1;
            const vector dz = keep(sign * r * (r - 1) * fma(1 / q, -4, 4), 0);
            total.add(keep(q, 1));
            da = da + dz * v;
            db = db + dz;
            return dz * scale;
        };
        std::size_t i = 0;
        for (; i + vectors * lanes <= count; i += vectors * lanes) {
            const auto loaded = [i](const float* p) { return vector::of([&](auto k) { return load(p + i + k * lanes); }); };
            const vector dx = values(loaded(in), loaded(label), [](const vector& v, float) { return v; });
            unrolled<vectors>([&](auto k) { store(out + i + k * lanes, dx.v[k]); });
        }
        if (i < count) {
            std::size_t left[vectors];
            for (std::size_t k = 0; k < vectors; ++k) left[k] = std::min(lanes, count - i - std::min(count - i, k * lanes));
            const auto loaded = [&](const float* p) { return vector::of([&](auto k) { return load(p + i + k * lanes, left[k]); }); };
            const vector dx = values(loaded(in), loaded(label), [&](const vector& v, float other) {
                return vector::of([&](auto k) { return first(left[k], v.v[k], all(other)); });
            });
            unrolled<vectors>([&](auto k) { store(out + i + k * lanes, dx.v[k], left[k]); });
        }
        total_ += total.value();
        unrolled<vectors>([&](auto k) {
            da_ += sum(da.v[k]);
            db_ += sum(db.v[k]);
        });
    }

    const bench::problem& given_;
    bench::numbers dx_;
    float total_ = 0, da_ = 0, db_ = 0;
};

class eigen_peer {
    using vector = Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64>;
    static constexpr Eigen::Index piece = 1024;

public:
    explicit eigen_peer(const bench::problem& given) : given_(given), dx_(given.rows) {}
    float step() { // in pieces that stay in the first cache
        const float slope = given_.parameters[1][0], offset = given_.parameters[2][0];
        const Eigen::Index size = bench::rows(given_);
        const float share = 1 / static_cast<float>(size);
        float total = 0;
        da_ = db_ = 0;
        for (Eigen::Index i = 0; i < size; i += piece) {
            const Eigen::Index n = std::min(piece, size - i);
            const vector in(given_.parameters[0].data() + i, n), label(given_.data[0].data() + i, n);
            Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64> out(dx_.data() + i, n);
            Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64> t(tanh_, n), q(power_, n);
            t = (slope * in + offset).tanh();
            q = 1 + (-label * t).exp();
            total += q.log().sum();
            out = -label * (1 - 1 / q) * (1 - t * t) * share;
            da_ += (out * in).sum();
            db_ += out.sum();
            out *= slope;
        }
        return total * share;
    }
    std::vector<bench::numbers> results() const { return {dx_, {da_}, {db_}}; }

private:
    const bench::problem& given_;
    bench::numbers dx_;
    alignas(64) float tanh_[piece], power_[piece];
    float da_ = 0, db_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    for (const std::size_t n : {10'000u, 1'000'000u}) {
        peers.workload("w9/" + std::to_string(n), {n, {bench::uniform(n, -2, 2, 1)}, {bench::uniform(n, -2, 2, 2), {0.7f}, {0.2f}}})
            .peer<loops_peer>("loops")
            .peer<ctgrad_peer>("ctgrad")
            .peer<eigen_peer>("eigen");
        bench::add_torch(peers, "w9");
    }
    return peers.run();
}
