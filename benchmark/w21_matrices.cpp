// SPDX-License-Identifier: BSL-1.0

// W21: n positive definite matrices S [6,6] and vectors b, in double: the sum of b^T S^-1 b / 2 + log det S / 2 by Cholesky factors, and
// its gradients to S and b; the same by `solve` and `slogdet`, which do not know that S is positive definite.
#include "eigen.hpp"
#include "support.hpp"
#include "torch.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <cmath>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

constexpr int size = 6;

/// What goes in, and where results go.
struct systems {
    std::size_t count;
    doubles s, b, of_s, of_b;
    double value = 0;

    explicit systems(const bench::problem& given)
        : count(given.rows), s(widened(given.parameters[0])), b(widened(given.parameters[1])), of_s(s.size()), of_b(b.size()) {}
    std::vector<bench::numbers> results() const { return {narrowed(of_s), narrowed(of_b)}; }
};

constexpr auto N = ct::dim<"N">;
constexpr auto S = ct::placeholder<"S", double, N, size, size>;
constexpr auto B = ct::placeholder<"B", double, N, size, 1>;

struct by_cholesky {
    static constexpr auto l = ct::cholesky(S);
    static constexpr auto loss = 0.5_c * ct::reduce_sum(B * ct::cholesky_solve(l, B)) + ct::reduce_sum(ct::log(ct::diag_part(l)));
};
struct by_lu {
    static constexpr auto loss = 0.5_c * (ct::reduce_sum(B * ct::solve(S, B)) + ct::reduce_sum(ct::slogdet(S).log_abs_det));
};

template <class Formula>
class ctgrad_peer : systems {
    static constexpr auto grads = ct::gradient(Formula::loss, S, B);

public:
    using systems::results, systems::systems;
    float step() {
        constexpr ct::function f{Formula::loss, grads[S], grads[B]};
        value = std::get<0>(f(scratch_, S = s, B = b, grads[S] = of_s, grads[B] = of_b));
        return static_cast<float>(value);
    }

private:
    ct::workspace scratch_;
};

/// One matrix after the other, factored once; S^-1 by solving for the unit matrix.
class eigen_peer : systems {
    using matrix = Eigen::Matrix<double, size, size, Eigen::RowMajor>;
    using vector = Eigen::Matrix<double, size, 1>;

public:
    using systems::results, systems::systems;
    float step() {
        value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Eigen::Map<const matrix> a(&s[i * size * size]);
            const Eigen::Map<const vector> right(&b[i * size]);
            const Eigen::LLT<matrix> factors(a);
            const vector x = factors.solve(right);
            const matrix inverse = factors.solve(matrix::Identity());
            value += 0.5 * right.dot(x);
            for (int k = 0; k < size; ++k) value += std::log(factors.matrixLLT()(k, k));
            Eigen::Map<matrix> slope(&of_s[i * size * size]);
            slope = 0.5 * (inverse - x * x.transpose());
            Eigen::Map<vector> of_right(&of_b[i * size]);
            of_right = x;
        }
        return static_cast<float>(value);
    }
};

/// Well conditioned matrices.
bench::numbers positive_matrices(std::size_t count) {
    const bench::numbers x = bench::uniform(count * size * size, -1, 1, 1);
    bench::numbers made(x.size());
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t r = 0; r < size; ++r)
            for (std::size_t c = 0; c < size; ++c) {
                float sum = r == c ? 0.5f : 0;
                for (std::size_t k = 0; k < size; ++k) sum += x[(i * size + r) * size + k] * x[(i * size + c) * size + k];
                made[(i * size + r) * size + c] = sum;
            }
    return made;
}

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    const std::size_t count = 1000;
    peers.workload("w21", {count, {}, {positive_matrices(count), bench::uniform(count * size, -1, 1, 2)}})
        .peer<eigen_peer>("eigen")
        .peer<ctgrad_peer<by_cholesky>>("ctgrad")
        .peer<ctgrad_peer<by_lu>>("ctgrad lu");
    bench::add_torch(peers, "w21");
    return peers.run();
}
