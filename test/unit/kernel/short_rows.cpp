// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;

double draw(std::size_t i) { return std::sin(static_cast<double>(i) * 1.7) * 3; }

/// A loop over short rows with all that such a loop can have: one element a row in (w) and out (the sums), one
/// a column in (b) and out (the gradient to b), positions in both directions, a total.
template <class T, int Columns>
void check(std::size_t rows) {
    constexpr auto z = ct::placeholder<"z", T, N, Columns>;
    constexpr auto w = ct::placeholder<"w", T, N, 1>;
    constexpr auto b = ct::placeholder<"b", T, Columns>;
    constexpr auto e = ct::exp((z - ct::reduce_max(z, ct::axis<1>, ct::keepdims)) * w + b);
    constexpr auto sums = ct::reduce_sum(e, ct::axis<1>);
    constexpr auto shares = e / ct::expand_dims(sums, ct::axis<1>);
    constexpr auto columns = ct::reduce_sum(shares, ct::axis<0>);
    constexpr auto total = ct::reduce_mean(ct::square(shares));
    constexpr std::size_t n = Columns;
    using P = ct::program<ct::detail::make_outputs<std::remove_const_t<decltype(sums)>, std::remove_const_t<decltype(shares)>,
                                                   std::remove_const_t<decltype(columns)>, std::remove_const_t<decltype(total)>>,
                          4>;
    static_assert((P::template loop<0>.lane_axis == 0) == (Columns <= 16));

    std::vector<T> z_(rows * n), w_(rows), b_(n);
    for (std::size_t i = 0; i < z_.size(); ++i) z_[i] = static_cast<T>(draw(i));
    for (std::size_t i = 0; i < rows; ++i) w_[i] = static_cast<T>(draw(i + 1000));
    for (std::size_t i = 0; i < n; ++i) b_[i] = static_cast<T>(draw(i + 2000));
    const auto [found_sums, found, found_columns, found_total] = ct::function{sums, shares, columns, total}(z = z_, w = w_, b = b_);

    const double tolerance = sizeof(T) == 4 ? 2e-5 : 1e-13;
    std::vector<double> expected_columns(n);
    double expected_total = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        double largest = -INFINITY, sum = 0;
        std::vector<double> row(n);
        for (std::size_t j = 0; j < n; ++j) largest = std::max(largest, static_cast<double>(z_[i * n + j]));
        for (std::size_t j = 0; j < n; ++j)
            sum += row[j] =
                std::exp((static_cast<double>(z_[i * n + j]) - largest) * static_cast<double>(w_[i]) + static_cast<double>(b_[j]));
        BOOST_TEST(std::abs(static_cast<double>(found_sums[i]) / sum - 1) < tolerance);
        for (std::size_t j = 0; j < n; ++j) {
            BOOST_TEST(std::abs(static_cast<double>(found[i * n + j]) - row[j] / sum) < tolerance);
            expected_columns[j] += row[j] / sum;
            expected_total += std::pow(row[j] / sum, 2);
        }
    }
    for (std::size_t j = 0; j < n; ++j)
        BOOST_TEST(std::abs(static_cast<double>(found_columns[j]) - expected_columns[j]) < tolerance * static_cast<double>(rows));
    BOOST_TEST(std::abs(static_cast<double>(found_total) * static_cast<double>(rows * n) - expected_total) <
               tolerance * static_cast<double>(rows));
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(short_rows_of_any_number_and_length) {
    for (std::size_t rows : {1u, 2u, 7u, 8u, 15u, 16u, 17u, 33u, 64u}) {
        check<float, 2>(rows);
        check<float, 5>(rows);
        check<float, 10>(rows);
        check<float, 16>(rows);
        check<float, 17>(rows); // too long for a lane each
        check<double, 3>(rows);
        check<double, 9>(rows);
    }
}

BOOST_AUTO_TEST_SUITE_END()
