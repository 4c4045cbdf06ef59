// SPDX-License-Identifier: BSL-1.0

// W14: logistic regression on 30 features in double, mean ln(1 + e^(-y x w)) and its gradient to the weights and the bias.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles;

constexpr std::size_t features = 30;
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 30>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto w = ct::variable<"w", double, 30, 1>;
constexpr auto b = ct::variable<"b", double>;
constexpr auto loss = ct::reduce_mean(ct::softplus(-y * (ct::squeeze(ct::matmul(x, w), ct::axis<1>) + b)));
constexpr auto slopes = ct::gradient(loss, w, b);

class ctgrad_peer {
public:
    explicit ctgrad_peer(const bench::problem& given)
        : x_(given.data[0].begin(), given.data[0].end()), y_(given.data[1].begin(), given.data[1].end()),
          w_(given.parameters[0].begin(), given.parameters[0].end()), b_(given.parameters[1][0]), dw_(features) {}
    float step() {
        constexpr ct::function f{loss, slopes[w], slopes[b]};
        const auto found = f(scratch_, x = x_, y = y_, w = w_, b = b_, slopes[w] = dw_);
        db_ = std::get<2>(found);
        return static_cast<float>(std::get<0>(found));
    }
    std::vector<bench::numbers> results() const { return {{dw_.begin(), dw_.end()}, {static_cast<float>(db_)}}; }

private:
    doubles x_, y_, w_;
    double b_, db_ = 0;
    doubles dw_;
    ct::workspace scratch_;
};

/// Eight rows at a time: their sums are made lanes of one vector, for which the exponential is taken once.
class loops_peer {
public:
    explicit loops_peer(const bench::problem& given)
        : rows_(given.rows), x_(given.data[0].begin(), given.data[0].end()), y_(given.data[1].begin(), given.data[1].end()), w_(32),
          b_(given.parameters[1][0]), dw_(32) {
        std::copy(given.parameters[0].begin(), given.parameters[0].end(), w_.begin());
        x_.resize(x_.size() + 8); // the last row is read as if it had 32 features, of weight 0
    }
    float step() {
        using namespace bench::wide;
        d8 weight[4], slope[4]{};
        for (std::size_t k = 0; k < 4; ++k) weight[k] = load_double(w_.data() + 8 * k);
        d8 bias{}, linear{};
        double total = 0;
        for (std::size_t i = 0; i < rows_; i += 8) {
            const std::size_t n = rows_ - i < 8 ? rows_ - i : 8;
            const double* const row = x_.data() + i * features;
            d8 z{}, label{};
            for (std::size_t r = 0; r < n; ++r) {
                const double* const from = row + r * features;
                const d8 products = (load_double(from) * weight[0] + load_double(from + 8) * weight[1]) +
                                    (load_double(from + 16) * weight[2] + load_double(from + 24) * weight[3]);
                z[static_cast<int>(r)] = sum(products);
                label[static_cast<int>(r)] = y_[i + r];
            }
            z = -label * (z + b_);
            const d8 size = z > d8{} ? z : -z;
            const d8 e = exp(-size); // in (0, 1]
            d8 share = (z > d8{} ? 1 - d8{} : e) / (1 + e);
            d8 product = 1 + e; // ln of the product is the sum of logarithms
            linear += z > d8{} ? z : d8{};
            if (n < 8) {
                for (std::size_t r = n; r < 8; ++r) product[static_cast<int>(r)] = 1;
            }
            double all = 1;
            for (int r = 0; r < 8; ++r) all *= product[r];
            total += std::log(all);
            const d8 each = -label * share;
            bias += each;
            for (std::size_t r = 0; r < n; ++r) {
                const double* const from = row + r * features;
                const d8 by = all_double(each[static_cast<int>(r)]);
                for (std::size_t k = 0; k < 4; ++k) slope[k] += by * load_double(from + 8 * k);
            }
        }
        const double share = 1 / static_cast<double>(rows_);
        for (std::size_t k = 0; k < 4; ++k) store_double(dw_.data() + 8 * k, slope[k] * share);
        db_ = sum(bias) * share;
        return static_cast<float>((total + sum(linear)) * share);
    }
    std::vector<bench::numbers> results() const { return {{dw_.begin(), dw_.begin() + features}, {static_cast<float>(db_)}}; }

private:
    std::size_t rows_;
    doubles x_, y_, w_;
    double b_, db_ = 0;
    doubles dw_;
};

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    for (const std::size_t n : {200u, 10'000u}) {
        bench::numbers labels = bench::uniform(n, -1, 1, 2);
        for (float& each : labels) each = each < 0 ? -1.0f : 1.0f;
        peers
            .workload("w14/" + std::to_string(n),
                      {n, {bench::uniform(n * features, -1, 1, 1), labels}, {bench::uniform(features, -1, 1, 3), {0.25f}}})
            .peer<loops_peer>("loops")
            .peer<ctgrad_peer>("ctgrad");
    }
    return peers.run();
}
