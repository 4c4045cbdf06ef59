// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/split_joins.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;

/// How often `what` stands in a text.
int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

std::vector<double> waves(std::size_t n, double phase = 0) {
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = std::sin(0.7 * static_cast<double>(i) + phase) * 1.5;
    return x;
}

// Rosenbrock's function of neighbours, by slices.
constexpr int points = 100;
constexpr auto p = ct::variable<"p", double, points>;
constexpr auto before = ct::slice(p, ct::begin<0>, ct::size<points - 1>);
constexpr auto behind = ct::slice(p, ct::begin<1>, ct::size<points - 1>);
constexpr auto valley = ct::reduce_sum(100_c * ct::square(behind - ct::square(before)) + ct::square(1_c - before));

} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(the_gradient_of_slices_is_one_loop_of_the_inner_elements) {
    constexpr auto slope = ct::gradient(valley, p)[p];
    constexpr ct::function f{valley, slope};
    const std::vector<double> x = waves(points);
    const auto [value, found] = f(p = x);
    double right = 0;
    std::vector<double> slopes(points);
    for (std::size_t i = 0; i + 1 < points; ++i) {
        const double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
        right += 100 * t * t + u * u;
        slopes[i] += -400 * x[i] * t - 2 * u;
        slopes[i + 1] += 200 * t;
    }
    BOOST_TEST(value == right, boost::test_tools::tolerance(1e-12));
    for (std::size_t i = 0; i < points; ++i) BOOST_TEST(found[i] == slopes[i], boost::test_tools::tolerance(1e-10));
    const std::string plan = ct::explain(f);
    BOOST_TEST(count(plan, "loop over [98]") == 1); // what stands at the ends are numbers
    BOOST_TEST(count(plan, "kernel ") == 2);
    BOOST_TEST(count(plan, "copy") == 0);
    BOOST_TEST(count(plan, "pad") == 0);
}

BOOST_AUTO_TEST_CASE(second_derivatives_of_slices_are_right) {
    constexpr auto slope = ct::gradient(valley, p)[p];
    constexpr auto direction = ct::placeholder<"direction", double, points>;
    constexpr auto product = ct::gradient(ct::reduce_sum(slope * direction), p)[p];
    constexpr ct::function f{product};
    const std::vector<double> x = waves(points), v = waves(points, 0.4);
    const auto found = f(p = x, direction = v);
    for (std::size_t i = 0; i < points; ++i) {
        double right = 0;
        if (i + 1 < points) right += (1200 * x[i] * x[i] - 400 * x[i + 1] + 2) * v[i] - 400 * x[i] * v[i + 1];
        if (i > 0) right += 200 * v[i] - 400 * x[i - 1] * v[i - 1];
        BOOST_TEST(found[i] == right, boost::test_tools::tolerance(1e-10));
    }
}

BOOST_AUTO_TEST_CASE(stencils_of_two_axes_have_right_gradients) {
    constexpr int rows = 9, columns = 37;
    constexpr auto u = ct::variable<"u", double, rows, columns>;
    constexpr auto down = ct::slice(u, ct::begin<1, 0>, ct::size<-1, -1>) - ct::slice(u, ct::begin<0, 0>, ct::size<rows - 1, -1>);
    constexpr auto right = ct::slice(u, ct::begin<0, 1>, ct::size<-1, -1>) - ct::slice(u, ct::begin<0, 0>, ct::size<-1, columns - 1>);
    constexpr auto energy = ct::reduce_sum(ct::square(down)) + ct::reduce_sum(ct::square(ct::square(right)));
    constexpr auto slope = ct::gradient(energy, u)[u];
    constexpr ct::function f{energy, slope};
    const std::vector<double> x = waves(rows * columns);
    const auto at = [&](int i, int j) { return x[static_cast<std::size_t>(i * columns + j)]; };
    const auto [value, found] = f(u = x);
    double sum = 0;
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j) {
            if (i + 1 < rows) sum += std::pow(at(i + 1, j) - at(i, j), 2);
            if (j + 1 < columns) sum += std::pow(at(i, j + 1) - at(i, j), 4);
            double d = 0;
            if (i > 0) d += 2 * (at(i, j) - at(i - 1, j));
            if (i + 1 < rows) d -= 2 * (at(i + 1, j) - at(i, j));
            if (j > 0) d += 4 * std::pow(at(i, j) - at(i, j - 1), 3);
            if (j + 1 < columns) d -= 4 * std::pow(at(i, j + 1) - at(i, j), 3);
            BOOST_TEST(found.data()[i * columns + j] == d, boost::test_tools::tolerance(1e-9));
        }
    BOOST_TEST(value == sum, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(columns_side_by_side_are_stored_by_one_loop) {
    constexpr auto x = ct::placeholder<"x", double, N>;
    constexpr auto one = ct::axis<1>;
    constexpr auto table = ct::concat(one, ct::expand_dims(ct::exp(x), one), ct::expand_dims(x * x, one), ct::expand_dims(ct::sin(x), one));
    constexpr ct::function f{ct::reduce_sum(x), table};
    const std::string plan = ct::explain(f);
    BOOST_TEST(count(plan, "loop over [N]") == 1);
    BOOST_TEST(count(plan, "kernel ") == 1);
    for (std::size_t n = 1; n < 40; ++n) { // also where vectors are not full
        const std::vector<double> data = waves(n);
        const auto [sum, rows] = f(x = data);
        for (std::size_t i = 0; i < n; ++i) {
            BOOST_TEST(rows.data()[3 * i] == std::exp(data[i]), boost::test_tools::tolerance(1e-14));
            BOOST_TEST(rows.data()[3 * i + 1] == data[i] * data[i]);
            BOOST_TEST(rows.data()[3 * i + 2] == std::sin(data[i]), boost::test_tools::tolerance(1e-13));
        }
    }
}

template <class T, int Columns>
void check_columns() {
    static constexpr auto x = ct::placeholder<"x", T, N>;
    constexpr auto table = []<int... C>(std::integer_sequence<int, C...>) {
        return ct::concat(ct::axis<1>, ct::expand_dims(ct::exp(x) * ct::literal<std::bit_cast<std::uint64_t>(C + 1.0)>{}, ct::axis<1>)...);
    }(std::make_integer_sequence<int, Columns>{});
    constexpr ct::function f{table};
    for (std::size_t n : {1u, 15u, 16u, 33u}) {
        const std::vector<double> wide = waves(n);
        const std::vector<T> data(wide.begin(), wide.end());
        const auto rows = f(x = data);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t c = 0; c < Columns; ++c)
                BOOST_TEST(static_cast<double>(rows.data()[Columns * i + c]) ==
                               static_cast<double>(c + 1) * std::exp(static_cast<double>(data[i])),
                           boost::test_tools::tolerance(1e-6));
    }
}

BOOST_AUTO_TEST_CASE(any_number_of_columns_is_stored_in_order) {
    check_columns<float, 2>();
    check_columns<float, 5>();
    check_columns<double, 4>();
    check_columns<double, 7>();
    check_columns<double, 9>(); // more than are stored together
}

BOOST_AUTO_TEST_CASE(parts_that_are_needed_elsewhere_are_copied) {
    constexpr auto x = ct::placeholder<"x", double, 5>;
    constexpr auto y = ct::placeholder<"y", double, 3>;
    constexpr auto part = ct::square(x);
    constexpr auto whole = ct::concat(ct::axis<0>, part, y, part, 2_c * y);
    constexpr ct::function f{whole, part, ct::reduce_sum(part)};
    const std::vector<double> a = waves(5), b = waves(3, 1);
    const auto [all, squares, sum] = f(x = a, y = b);
    double total = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        BOOST_TEST(all[i] == a[i] * a[i]);
        BOOST_TEST(all[8 + i] == a[i] * a[i]);
        BOOST_TEST(squares[i] == a[i] * a[i]);
        total += a[i] * a[i];
    }
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(all[5 + i] == b[i]);
        BOOST_TEST(all[13 + i] == 2 * b[i]);
    }
    BOOST_TEST(sum == total, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(a_variable_is_trained_by_its_slices) {
    ct::trainer train{ct::minimize(valley, ct::gradient_descent(0.0005_c))};
    std::vector<double> x(points, 0.5);
    train.set(p = x);
    for (int step = 0; step < 50; ++step) {
        double right = 0;
        std::vector<double> slopes(points);
        for (std::size_t i = 0; i + 1 < points; ++i) {
            const double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
            right += 100 * t * t + u * u;
            slopes[i] += -400 * x[i] * t - 2 * u;
            slopes[i + 1] += 200 * t;
        }
        const double value = train();
        BOOST_TEST(value == right, boost::test_tools::tolerance(1e-10));
        for (std::size_t i = 0; i < points; ++i) x[i] -= 0.0005 * slopes[i];
    }
}

BOOST_AUTO_TEST_SUITE_END()
