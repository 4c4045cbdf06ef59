// SPDX-License-Identifier: BSL-1.0

// Matrix products alone, C = A B, float.
#include "eigen.hpp"
#include "openblas.hpp"
#include "support.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cstdint>

namespace {

namespace ct = ctgrad;

template <std::int64_t M, std::int64_t K, std::int64_t Columns>
struct shapes {
    static constexpr auto a = ct::placeholder<"a", float, M, K>;
    static constexpr auto b = ct::placeholder<"b", float, K, Columns>;
    static constexpr auto c = ct::matmul(a, b);
    static constexpr std::size_t m = M, k = K, n = Columns;
};

struct product_peer {
    explicit product_peer(const bench::problem& given, std::size_t size) : a_(given.data[0]), b_(given.data[1]), c_(size) {}
    std::vector<bench::numbers> results() const { return {c_}; }

protected:
    std::span<const float> a_, b_;
    bench::numbers c_;
};

template <class S>
struct ctgrad_peer : product_peer {
    explicit ctgrad_peer(const bench::problem& given) : product_peer(given, S::m * S::n) {}
    float step() {
        constexpr ct::function f{S::c};
        f(scratch_, S::a = a_, S::b = b_, S::c = c_);
        return c_[0];
    }

private:
    ct::workspace scratch_;
};

template <class S>
struct eigen_peer : product_peer {
    explicit eigen_peer(const bench::problem& given) : product_peer(given, S::m * S::n) {}
    float step() {
        // Static sizes where Eigen has a use for them; all of them at once are for tiny matrices.
        constexpr int width = static_cast<int>(S::n), depth = static_cast<int>(S::k);
        constexpr auto index = [](std::size_t i) { return static_cast<Eigen::Index>(i); };
        const bench::input<Eigen::Dynamic, depth> a(a_.data(), index(S::m), depth);
        const bench::input<Eigen::Dynamic, width> b(b_.data(), depth, width);
        bench::map<Eigen::Dynamic, width>(c_.data(), index(S::m), width).noalias() = a * b;
        return c_[0];
    }
};

template <class S>
struct openblas_peer : product_peer {
    explicit openblas_peer(const bench::problem& given) : product_peer(given, S::m * S::n) { bench::one_thread(); }
    float step() {
        bench::sgemm(bench::form::plain, bench::form::plain, S::m, S::n, S::k, a_.data(), b_.data(), c_.data());
        return c_[0];
    }
};

template <class S>
void add(bench::suite& peers) {
    const std::string name = "gemm/" + std::to_string(S::m) + 'x' + std::to_string(S::k) + 'x' + std::to_string(S::n);
    peers.workload(name, {S::m, {bench::uniform(S::m * S::k, -1, 1, 1), bench::uniform(S::k * S::n, -1, 1, 2)}, {}})
        .template peer<openblas_peer<S>>("openblas")
        .template peer<ctgrad_peer<S>>("ctgrad")
        .template peer<eigen_peer<S>>("eigen");
}

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    add<shapes<1024, 1024, 1024>>(peers);
    add<shapes<256, 256, 256>>(peers);
    add<shapes<64, 784, 10>>(peers);
    add<shapes<784, 64, 10>>(peers);
    add<shapes<256, 784, 512>>(peers);
    return peers.run();
}
