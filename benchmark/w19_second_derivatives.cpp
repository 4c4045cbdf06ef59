// SPDX-License-Identifier: BSL-1.0

// W19: second derivatives, in double: the Hessian of the negative log-likelihood of a logistic regression of 5 parameters over n rows, the
// product of that Hessian with a direction, and the sparse Hessian of a chain (Rosenbrock's function) of n variables.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <Eigen/Core>

#include <cmath>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

namespace likelihood {

constexpr auto N = ct::dim<"N">;
constexpr auto X = ct::placeholder<"X", double, N, 5>;
constexpr auto y = ct::placeholder<"y", double, N>; // 0 or 1
constexpr auto w = ct::variable<"w", double, 5>;
constexpr auto along = ct::placeholder<"along", double, 5>;
constexpr auto logits = ct::reduce_sum(X * w, ct::axis<1>);
constexpr auto loss = ct::reduce_sum(ct::softplus(logits) - y * logits);
constexpr auto slope = ct::gradient(loss, w)[w];
constexpr auto hessian = ct::hessian(loss, w)[w][w];
constexpr auto product = ct::hvp(loss, w = along)[w];

struct peer {
    std::size_t count;
    doubles rows, labels, at, first = doubles(5), second = doubles(25);

    explicit peer(const bench::problem& given)
        : count(given.rows), rows(widened(given.data[0])), labels(widened(given.data[1])), at(widened(given.parameters[0])) {}
};

class ctgrad_peer : peer {
public:
    using peer::peer;
    float step() {
        constexpr ct::function f{hessian, slope};
        f(scratch_, X = rows, y = labels, w = at, hessian = second, slope = first);
        return 0;
    }
    std::vector<bench::numbers> results() const { return {narrowed(second), narrowed(first)}; }

private:
    ct::workspace scratch_;
};

/// X^T diag(p (1 - p)) X by Eigen.
class eigen_peer : peer {
public:
    using peer::peer;
    float step() {
        using matrix = Eigen::Matrix<double, Eigen::Dynamic, 5, Eigen::RowMajor>;
        const Eigen::Map<const matrix> x(rows.data(), static_cast<Eigen::Index>(count), 5);
        const Eigen::Map<const Eigen::VectorXd> t(labels.data(), static_cast<Eigen::Index>(count));
        const Eigen::Map<const Eigen::Matrix<double, 5, 1>> v(at.data());
        p_ = (1 / (1 + (-(x * v).array()).exp())).matrix();
        Eigen::Map<Eigen::Matrix<double, 5, 1>>(first.data()).noalias() = x.transpose() * (p_ - t);
        weighted_ = x.array().colwise() * (p_.array() * (1 - p_.array()));
        Eigen::Map<Eigen::Matrix<double, 5, 5>>(second.data()).noalias() = x.transpose() * weighted_;
        return 0;
    }
    std::vector<bench::numbers> results() const { return {narrowed(second), narrowed(first)}; }

private:
    Eigen::VectorXd p_;
    Eigen::Matrix<double, Eigen::Dynamic, 5, Eigen::RowMajor> weighted_;
};

class gradient_peer : peer {
public:
    using peer::peer;
    float step() {
        constexpr ct::function f{slope};
        f(scratch_, X = rows, y = labels, w = at, slope = first);
        return 0;
    }
    std::vector<bench::numbers> results() const { return {narrowed(first)}; }

private:
    ct::workspace scratch_;
};

class product_peer : peer {
public:
    using peer::peer;
    float step() {
        constexpr ct::function f{product};
        f(scratch_, X = rows, w = at, along = at, product = first);
        return 0;
    }
    std::vector<bench::numbers> results() const { return {narrowed(first)}; }

private:
    ct::workspace scratch_;
};

} // namespace likelihood

namespace chain {

constexpr int n = 100'000;
constexpr auto q = ct::variable<"q", double, n>;
constexpr auto before = ct::slice(q, ct::begin<0>, ct::size<n - 1>);
constexpr auto behind = ct::slice(q, ct::begin<1>, ct::size<n - 1>);
constexpr auto loss = ct::reduce_sum(100_c * ct::square(behind - ct::square(before)) + ct::square(1_c - before));
constexpr auto elements = ct::sparse_hessian(loss, q)[q];

struct peer {
    doubles at, found = doubles(static_cast<std::size_t>(ct::hessian_sparsity(loss, q).nnz));
    explicit peer(const bench::problem& given) : at(widened(given.parameters[0])) {}
    std::vector<bench::numbers> results() const { return {narrowed(found)}; }
};

class ctgrad_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        constexpr ct::function f{elements};
        f(q = at, elements = found);
        return 0;
    }
};

/// One pass: the three diagonals of eight variables at a time.
class loops_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        using namespace bench::wide;
        double *const below = found.data(), *const middle = below + n - 1, *const above = middle + n;
        const auto one = [&](std::size_t i) {
            const double off = -400 * at[i];
            below[i] = above[i] = off;
            middle[i] = 1200 * at[i] * at[i] - 400 * at[i + 1] + (i > 0 ? 202 : 2);
        };
        one(0);
        std::size_t i = 1;
        for (; i + double_lanes < n; i += double_lanes) {
            const d8 a = load_double(at.data() + i), off = -400 * a;
            store_double(below + i, off);
            store_double(above + i, off);
            store_double(middle + i, 1200 * a * a - 400 * load_double(at.data() + i + 1) + 202);
        }
        for (; i + 1 < n; ++i) one(i);
        middle[n - 1] = 200;
        return 0;
    }
};

} // namespace chain

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    constexpr std::size_t rows = 1000;
    bench::problem given{rows, {bench::uniform(5 * rows, -1, 1, 1), bench::uniform(rows, 0, 1, 2)}, {bench::uniform(5, -1, 1, 3)}};
    for (float& each : given.data[1]) each = each < 0.5f ? 0.0f : 1.0f;
    peers.workload("w19/hessian", given).peer<likelihood::eigen_peer>("eigen").peer<likelihood::ctgrad_peer>("ctgrad");
    peers.workload("w19/gradient", given).peer<likelihood::gradient_peer>("ctgrad");
    peers.workload("w19/hvp", given).peer<likelihood::product_peer>("ctgrad");
    peers.workload("w19/chain", {1, {}, {bench::uniform(chain::n, -1, 1, 4)}})
        .peer<chain::loops_peer>("loops")
        .peer<chain::ctgrad_peer>("ctgrad");
    return peers.run();
}
