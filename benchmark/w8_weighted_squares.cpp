// SPDX-License-Identifier: BSL-1.0

// W8: mean(square(y - p) w) and its gradient to p.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"
#include "wide.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace {

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::placeholder<"w", float, N>;
constexpr auto p = ct::placeholder<"p", float, N>;
constexpr auto loss = ct::reduce_mean(ct::square(y - p) * w);
constexpr auto grads = ct::gradient(loss, p);

auto bind(const bench::problem& given, bench::numbers& slope) {
    constexpr ct::function f{loss, grads[p]};
    return f.bind(y = given.data[0], w = given.data[1], p = given.parameters[0], grads[p] = slope);
}

/// Bound, since the loop by hand holds its addresses and sizes too.
class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given) : slope_(given.rows), step_(bind(given, slope_)) {}
    float step() { return std::get<0>(step_()); }
    std::vector<bench::numbers> results() const { return {slope_}; }

private:
    bench::numbers slope_;
    decltype(bind(std::declval<const bench::problem&>(), std::declval<bench::numbers&>())) step_;
};

class loops_peer {
public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), y_(given.data[0].data()), w_(given.data[1].data()), p_(given.parameters[0].data()), slope_(given.rows) {}

    float step() {
        using namespace bench::wide;
        const float scale = -2 / static_cast<float>(rows_);
        const std::size_t n = rows_;
        float* out = slope_.data();
        f16 total[4]{};
        std::size_t i = 0;
        for (; i + 4 * lanes <= n; i += 4 * lanes)
            unrolled<4>([&](auto k) {
                const std::size_t at = i + k * lanes;
                const f16 apart = load(y_ + at) - load(p_ + at), weighted = apart * load(w_ + at);
                total[k] += apart * weighted;
                store(out + at, weighted * scale);
            });
        for (; i < n; i += lanes) {
            const std::size_t left = std::min(lanes, n - i);
            const f16 apart = load(y_ + i, left) - load(p_ + i, left), weighted = apart * load(w_ + i, left);
            total[0] += apart * weighted;
            store(out + i, weighted * scale, left);
        }
        return sum((total[0] + total[1]) + (total[2] + total[3])) / static_cast<float>(n);
    }
    std::vector<bench::numbers> results() const { return {slope_}; }

private:
    std::size_t rows_;
    const float* y_;
    const float* w_;
    const float* p_;
    bench::numbers slope_;
};

class eigen_peer {
    using vector = Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64>;

public:
    explicit eigen_peer(const bench::problem& given)
        : y_(given.data[0].data(), bench::rows(given)), w_(given.data[1].data(), bench::rows(given)),
          p_(given.parameters[0].data(), bench::rows(given)), slope_(given.rows) {}
    float step() { // in pieces that stay in the first cache: two expressions, since Eigen has no loop with two results
        constexpr Eigen::Index piece = 1024;
        const float scale = -2 / static_cast<float>(y_.size());
        float total = 0;
        for (Eigen::Index i = 0; i < y_.size(); i += piece) {
            const Eigen::Index n = std::min(piece, y_.size() - i);
            Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64> out(slope_.data() + i, n);
            const vector truth(y_.data() + i, n), guess(p_.data() + i, n), weight(w_.data() + i, n);
            out = (truth - guess) * weight * scale;
            total += ((truth - guess) * out).sum();
        }
        return total / -2;
    }
    std::vector<bench::numbers> results() const { return {slope_}; }

private:
    vector y_, w_, p_;
    bench::numbers slope_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    for (const std::size_t n : {100u, 10'000u, 1'000'000u}) {
        peers
            .workload("w8/" + std::to_string(n),
                      {n, {bench::uniform(n, -1, 1, 1), bench::uniform(n, 0, 1, 2)}, {bench::uniform(n, -1, 1, 3)}})
            .peer<loops_peer>("loops")
            .peer<ctgrad_peer>("ctgrad")
            .peer<eigen_peer>("eigen");
        bench::add_torch(peers, "w8");
    }
    return peers.run();
}
