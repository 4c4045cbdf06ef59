// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "eigen.hpp"
#include "support.hpp"
#include "wide.hpp"
#include "wide_double.hpp"

#include <array>
#include <cmath>
#include <vector>

/// W11 without ctgrad.
namespace bench {

/// What each peer is given and gives back: x [n,D], alpha [K], mu and q [K,D], l [K,D,D].
struct mixture_data {
    std::size_t count, dimensions, components;
    doubles x, alpha, mu, q, l;
    doubles dalpha, dmu, dq, dl;

    mixture_data(const problem& given, std::size_t d, std::size_t k)
        : count(given.rows), dimensions(d), components(k), x(widened(given.data[0])), alpha(widened(given.parameters[0])),
          mu(widened(given.parameters[1])), q(widened(given.parameters[2])), l(widened(given.parameters[3])), dalpha(alpha.size()),
          dmu(mu.size()), dq(q.size()), dl(l.size()) {}
    std::vector<numbers> results() const { return {narrowed(dalpha), narrowed(dmu), narrowed(dq), narrowed(dl)}; }

    /// Adds what depends on the weights alone to their slopes, the shares that they got; returns ln sum exp alpha.
    double finish_weights() {
        double largest = alpha[0], total = 0;
        for (const double a : alpha) largest = std::max(largest, a);
        for (const double a : alpha) total += std::exp(a - largest);
        for (std::size_t c = 0; c < components; ++c) dalpha[c] -= static_cast<double>(count) * std::exp(alpha[c] - largest) / total;
        return largest + std::log(total);
    }
};

/// Examples in the lanes, 64 at a time. By what share r an example belongs to a component is known after the first pass; the second sums
/// r, r c and r c c^T, where c = x - mu: the slopes to Q and mu are products of Q and those, once a component.
template <std::size_t D, std::size_t K>
class mixture_loops : mixture_data {
    static_assert(D % 2 == 0);
    using d8 = wide::d8;
    static constexpr std::size_t vectors = 8, block = vectors * wide::double_lanes;
    static constexpr std::size_t entries = D * (D + 1) / 2; ///< Of a triangle, row by row.

public:
    explicit mixture_loops(const problem& given) : mixture_data(given, D, K) {}
    using mixture_data::results;

    float step() {
        using namespace wide;
        for (std::size_t c = 0; c < K; ++c) {
            double height = alpha[c];
            for (std::size_t i = 0, e = 0; i < D; ++i) {
                for (std::size_t j = 0; j < i; ++j) factor_[c][e++] = l[(c * D + i) * D + j];
                factor_[c][e++] = std::exp(q[c * D + i]);
                height += q[c * D + i];
            }
            height_[c] = height;
            share_[c] = d8{};
            for (d8& each : first_[c]) each = d8{};
            for (d8& each : second_[c]) each = d8{};
        }
        double total = 0;
        for (std::size_t n = 0; n < count; n += block) total += part(n, std::min(block, count - n));
        for (std::size_t c = 0; c < K; ++c) finish(c);
        return static_cast<float>(total - static_cast<double>(count) * finish_weights());
    }

private:
    [[gnu::noinline]] double part(std::size_t start, std::size_t size) {
        using namespace wide;
        alignas(64) double columns[D][block]{};
        for (std::size_t n = 0; n < size; ++n)
            for (std::size_t j = 0; j < D; ++j) columns[j][n] = x[(start + n) * D + j];
        d8 terms[K][vectors];
        for (std::size_t c = 0; c < K; ++c) values(c, columns, terms[c]);

        const l8 lane{0, 1, 2, 3, 4, 5, 6, 7};
        d8 logs{};
        for (std::size_t v = 0; v < vectors; ++v) {
            d8 most = terms[0][v], sum{};
            for (std::size_t c = 1; c < K; ++c) most = max(most, terms[c][v]);
            for (std::size_t c = 0; c < K; ++c) sum += terms[c][v] = exp(max(terms[c][v] - most, all_double(-700)));
            const auto counts = lane < static_cast<std::int64_t>(size) - static_cast<std::int64_t>(v * double_lanes) - l8{};
            logs += counts ? most + log(sum) : d8{};
            const d8 by = counts ? 1 / sum : d8{};
            for (std::size_t c = 0; c < K; ++c) terms[c][v] *= by;
        }
        for (std::size_t c = 0; c < K; ++c) moments(c, columns, terms[c]);
        return sum(logs);
    }

    static d8 at(const double (&column)[block], std::size_t v) { return wide::load_double(column + v * wide::double_lanes); }

    /// alpha + sum of q - |Q c|^2 / 2.
    void values(std::size_t c, const double (&columns)[D][block], d8 (&terms)[vectors]) const {
        using namespace wide;
        d8 apart[D][vectors], squares[vectors]{};
        for (std::size_t j = 0; j < D; ++j) unrolled<vectors>([&](auto v) { apart[j][v] = at(columns[j], v) - mu[c * D + j]; });
        const double* from = factor_[c].data();
        for (std::size_t i = 0; i < D; ++i) {
            d8 y[vectors]{};
            for (std::size_t j = 0; j <= i; ++j, ++from) unrolled<vectors>([&](auto v) { y[v] += *from * apart[j][v]; });
            unrolled<vectors>([&](auto v) { squares[v] += y[v] * y[v]; });
        }
        unrolled<vectors>([&](auto v) { terms[v] = height_[c] - 0.5 * squares[v]; });
    }

    /// Sums of the shares, and of c and c c^T by them.
    void moments(std::size_t c, const double (&columns)[D][block], const d8 (&shares)[vectors]) {
        using namespace wide;
        d8 apart[D][vectors], shared[D][vectors];
        for (std::size_t v = 0; v < vectors; ++v) share_[c] += shares[v];
        for (std::size_t j = 0; j < D; ++j) {
            d8 total{};
            unrolled<vectors>([&](auto v) {
                apart[j][v] = at(columns[j], v) - mu[c * D + j];
                total += shared[j][v] = shares[v] * apart[j][v];
            });
            first_[c][j] += total;
        }
        for (std::size_t i = 0; i < D; i += 2) // tiles of 2 x 2, what is above the diagonal too
            for (std::size_t j = 0; j <= i; j += 2) tile(c, i, j, apart, shared);
    }
    [[gnu::always_inline]] void tile(std::size_t c, std::size_t i, std::size_t j, const d8 (&apart)[D][vectors],
                                     const d8 (&shared)[D][vectors]) {
        d8 a{}, b{}, e{}, f{};
        wide::unrolled<vectors>([&](auto v) {
            a += shared[i][v] * apart[j][v];
            b += shared[i][v] * apart[j + 1][v];
            e += shared[i + 1][v] * apart[j][v];
            f += shared[i + 1][v] * apart[j + 1][v];
        });
        second_[c][i * (i + 1) / 2 + j] += a;
        if (j < i) second_[c][i * (i + 1) / 2 + j + 1] += b;
        second_[c][(i + 1) * (i + 2) / 2 + j] += e;
        second_[c][(i + 1) * (i + 2) / 2 + j + 1] += f;
    }

    /// The slopes by the moments: dQ = -Q sum of r c c^T below and on the diagonal, dmu = Q^T Q sum of r c.
    void finish(std::size_t c) {
        double m[D][D], turned[D];
        for (std::size_t i = 0; i < D; ++i)
            for (std::size_t j = 0; j <= i; ++j) m[i][j] = m[j][i] = wide::sum(second_[c][i * (i + 1) / 2 + j]);
        const double share = wide::sum(share_[c]);
        double* const slope_mu = dmu.data() + c * D;
        dalpha[c] = share;
        std::fill_n(slope_mu, D, 0.0);
        for (std::size_t i = 0; i < D; ++i) {
            const double* const row = factor_[c].data() + i * (i + 1) / 2;
            double slope[D]{};
            turned[i] = 0;
            for (std::size_t k = 0; k <= i; ++k) {
                turned[i] += row[k] * wide::sum(first_[c][k]);
                for (std::size_t j = 0; j <= i; ++j) slope[j] -= row[k] * m[k][j];
            }
            for (std::size_t k = 0; k <= i; ++k) slope_mu[k] += row[k] * turned[i];
            dq[c * D + i] = share + slope[i] * row[i];
            for (std::size_t j = 0; j < i; ++j) dl[(c * D + i) * D + j] = slope[j];
        }
    }

    std::array<std::array<double, entries>, K> factor_;
    std::array<double, K> height_;
    std::array<d8, K> share_;
    std::array<std::array<d8, D>, K> first_;
    std::array<std::array<d8, entries>, K> second_;
};

/// Products for each component, examples by components between them.
class mixture_eigen : mixture_data {
    using rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

public:
    using mixture_data::mixture_data, mixture_data::results;
    float step() {
        const std::size_t d = dimensions, k = components;
        const auto n = index(count), dims = index(d), parts = index(k);
        const Eigen::Map<const rows> points(x.data(), n, dims);
        terms_.resize(n, parts);
        apart_.resize(k);
        turned_.resize(k);
        factor_.resize(k);
        for (std::size_t c = 0; c < k; ++c) {
            const Eigen::Map<const Eigen::RowVectorXd> mean(mu.data() + c * d, dims), logs(q.data() + c * d, dims);
            factor_[c] = Eigen::Map<const rows>(l.data() + c * d * d, dims, dims);
            factor_[c].triangularView<Eigen::StrictlyUpper>().setZero();
            factor_[c].diagonal() = logs.array().exp();
            apart_[c] = points.rowwise() - mean;
            turned_[c].noalias() = apart_[c] * factor_[c].transpose();
            terms_.col(index(c)) = (alpha[c] + logs.sum()) - 0.5 * turned_[c].rowwise().squaredNorm().array();
        }
        const Eigen::ArrayXd most = terms_.rowwise().maxCoeff();
        terms_ = (terms_.colwise() - most).exp();
        const Eigen::ArrayXd sums = terms_.rowwise().sum();
        const double total = (most + sums.log()).sum();
        terms_.colwise() /= sums;
        for (std::size_t c = 0; c < k; ++c) {
            const auto share = terms_.col(index(c));
            dalpha[c] = share.sum();
            turned_[c].array().colwise() *= share;
            Eigen::Map<Eigen::RowVectorXd>(dmu.data() + c * d, dims) = turned_[c].colwise().sum() * factor_[c];
            Eigen::Map<rows> slope(dl.data() + c * d * d, dims, dims);
            slope.noalias() = -turned_[c].transpose() * apart_[c];
            Eigen::Map<Eigen::ArrayXd>(dq.data() + c * d, dims) = dalpha[c] + slope.diagonal().array() * factor_[c].diagonal().array();
            slope.triangularView<Eigen::Upper>().setZero();
        }
        return static_cast<float>(total - static_cast<double>(count) * finish_weights());
    }

private:
    static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

    Eigen::ArrayXXd terms_;
    std::vector<Eigen::MatrixXd> apart_, turned_, factor_;
};

} // namespace bench
