// SPDX-License-Identifier: BSL-1.0

// W16: residuals y - (b0 e^(-b1 x) + b2) of a model of decay and their Jacobian [N,3], in double: what a step of Gauss and Newton needs.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cmath>
#include <vector>
#ifdef BENCHMARK_CERES
#include <ceres/jet.h>
#endif

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

constexpr auto N = ct::dim<"N">;
namespace decay {

constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto b0 = ct::variable<"b0", double>;
constexpr auto b1 = ct::variable<"b1", double>;
constexpr auto b2 = ct::variable<"b2", double>;
constexpr auto residuals = y - (b0 * ct::exp(-b1 * x) + b2);
constexpr auto columns = ct::per_example_gradient(residuals, b0, b1, b2);
constexpr auto total = ct::reduce_sum(ct::square(residuals));

/// The same of one vector of parameters.
constexpr auto b = ct::variable<"b", double, 3>;
template <int I>
constexpr auto parameter = ct::squeeze(ct::slice(b, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto of_vector = ct::substitute(residuals, b0 = parameter<0>, b1 = parameter<1>, b2 = parameter<2>);
constexpr auto jacobian = ct::jacobian(of_vector, b)[b];

} // namespace decay

/// Points and where the results of a step go; the value of a step is the sum of squares.
struct points {
    std::size_t count;
    doubles x, y, residuals, jacobian; // [N], [N], [N], [N,3]
    double b0, b1, b2;

    explicit points(const bench::problem& given)
        : count(given.rows), x(widened(given.data[0])), y(widened(given.data[1])), residuals(count), jacobian(3 * count),
          b0(given.parameters[0][0]), b1(given.parameters[0][1]), b2(given.parameters[0][2]) {}
    std::vector<bench::numbers> results() const { return {narrowed(residuals), narrowed(jacobian)}; }
};

class jacobian_peer : points {
public:
    using points::points, points::results;
    float step() {
        constexpr ct::function f{ct::reduce_sum(ct::square(decay::of_vector)), decay::of_vector, decay::jacobian};
        const auto found = f(scratch_, decay::x = x, decay::y = y, decay::b = std::array{b0, b1, b2}, decay::of_vector = residuals,
                             decay::jacobian = ct::view(jacobian.data(), count, 3));
        return static_cast<float>(std::get<0>(found));
    }

private:
    ct::workspace scratch_;
};

/// As above, with the derivatives written by hand.
class written_peer : points {
    static constexpr auto power = ct::exp(-decay::b1 * decay::x);
    static constexpr auto one = ct::axis<1>;
    static constexpr auto jacobian_ = ct::concat(one, ct::expand_dims(-power, one), ct::expand_dims(decay::b0* decay::x* power, one),
                                                 ct::cast<double>(ct::broadcast_to(-1_c, ct::dims<N, 1>)));

public:
    using points::points, points::results;
    float step() {
        constexpr ct::function f{decay::total, decay::residuals, jacobian_};
        const auto found = f(scratch_, decay::x = x, decay::y = y, decay::b0 = b0, decay::b1 = b1, decay::b2 = b2,
                             decay::residuals = residuals, jacobian_ = ct::view(jacobian.data(), count, 3));
        return static_cast<float>(std::get<0>(found));
    }

private:
    ct::workspace scratch_;
};

/// The Jacobian by columns: three results.
class columns_peer : points {
public:
    explicit columns_peer(const bench::problem& given) : points(given), column_{doubles(count), doubles(count), doubles(count)} {}
    float step() {
        constexpr ct::function f{decay::total, decay::residuals, decay::columns[decay::b0], decay::columns[decay::b1],
                                 decay::columns[decay::b2]};
        const auto found =
            f(decay::x = x, decay::y = y, decay::b0 = b0, decay::b1 = b1, decay::b2 = b2, decay::residuals = residuals,
              decay::columns[decay::b0] = column_[0], decay::columns[decay::b1] = column_[1], decay::columns[decay::b2] = column_[2]);
        return static_cast<float>(std::get<0>(found));
    }
    std::vector<bench::numbers> results() const {
        doubles joined(3 * count);
        for (std::size_t i = 0; i < joined.size(); ++i) joined[i] = column_[i % 3][i / 3];
        return {narrowed(residuals), narrowed(joined)};
    }

private:
    std::array<doubles, 3> column_;
};

/// Eight points at a time; their three columns go to three vectors of rows.
class loops_peer : points {
public:
    using points::points, points::results;
    float step() {
        using namespace bench::wide;
        d8 squares{};
        std::size_t i = 0;
        for (; i + double_lanes <= count; i += double_lanes) eight(i, x.data() + i, y.data() + i, squares);
        double rest = 0;
        for (; i < count; ++i) {
            const double power = std::exp(-b1 * x[i]);
            residuals[i] = y[i] - (b0 * power + b2);
            jacobian[3 * i] = -power;
            jacobian[3 * i + 1] = b0 * x[i] * power;
            jacobian[3 * i + 2] = -1;
            rest += residuals[i] * residuals[i];
        }
        return static_cast<float>(sum(squares) + rest);
    }

private:
    [[gnu::always_inline]] void eight(std::size_t i, const double* from, const double* wanted, bench::wide::d8& squares) {
        using namespace bench::wide;
        const d8 at = load_double(from), power = exp(at * -b1), model = b0 * power, r = load_double(wanted) - (model + b2);
        store_double(residuals.data() + i, r);
        squares += r * r;
        const d8 first = -power, second = model * at, third = all_double(-1);
        double* const out = jacobian.data() + 3 * i;
        // 0 1 2 are the columns, each pair of shuffles lays the first two and then the third between them
        d8 rows = __builtin_shufflevector(first, second, 0, 8, 0, 1, 9, 0, 2, 10);
        store_double(out, __builtin_shufflevector(rows, third, 0, 1, 8, 3, 4, 8, 6, 7));
        rows = __builtin_shufflevector(first, second, 0, 3, 11, 0, 4, 12, 0, 5);
        store_double(out + 8, __builtin_shufflevector(rows, third, 8, 1, 2, 8, 4, 5, 8, 7));
        rows = __builtin_shufflevector(first, second, 13, 0, 6, 14, 0, 7, 15, 0);
        store_double(out + 16, __builtin_shufflevector(rows, third, 0, 8, 2, 3, 8, 5, 6, 8));
    }
};

#ifdef BENCHMARK_CERES
/// Ceres' dual numbers with three derivatives, a residual at a time as Ceres does it.
class jets_peer : points {
public:
    using points::points, points::results;
    float step() {
        using jet = ceres::Jet<double, 3>;
        const jet c0(b0, 0), c1(b1, 1), c2(b2, 2);
        double squares = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const jet r = y[i] - (c0 * exp(-c1 * x[i]) + c2);
            residuals[i] = r.a;
            for (int k = 0; k < 3; ++k) jacobian[3 * i + static_cast<std::size_t>(k)] = r.v[k];
            squares += r.a * r.a;
        }
        return static_cast<float>(squares);
    }
};
#endif

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    constexpr std::size_t n = 200;
    peers.workload("w16/200", {n, {bench::uniform(n, 0, 4, 1), bench::uniform(n, 0, 3, 2)}, {{2.5f, 1.3f, 0.5f}}})
        .peer<loops_peer>("loops")
        .peer<jacobian_peer>("ctgrad")
        .peer<written_peer>("ctgrad written")
        .peer<columns_peer>("ctgrad columns");
#ifdef BENCHMARK_CERES
    peers.peer<jets_peer>("jets");
#endif
    return peers.run();
}
