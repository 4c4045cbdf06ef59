// SPDX-License-Identifier: BSL-1.0

#include "agree.hpp"

#include <ctgrad/ops/more.hpp>

#include <limits>
#include <random>

namespace ct = ctgrad;
using namespace ct::literals;
using ct::test::check_slopes;
using ct::test::check_values;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 4>;
constexpr auto m = ct::placeholder<"m", double, 3, 2>;
constexpr auto rows = ct::placeholder<"rows", std::int32_t, 3, 1>;
constexpr auto places = ct::placeholder<"places", std::int32_t, 3, 2>;
constexpr auto new_rows = ct::placeholder<"new_rows", double, 3, 2>;
constexpr auto new_values = ct::placeholder<"new_values", double, 3>;

constexpr std::array<double, 8> of_x{1, 7, 7.5, 4, 5, 6, 2, 8};
constexpr std::array<double, 6> of_m{1, 2, 3, 4, 5, 6}, of_rows_to_be{10, 11, 20, 21, 30, 31};
constexpr std::array<double, 3> of_values{-1, -2, -3};
constexpr std::array<std::int32_t, 3> of_rows{2, 0, 2};
constexpr std::array<std::int32_t, 6> of_places{0, 1, 2, 1, 0, 1};

} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(sort_and_top_k_order_rows) {
    check_slopes(ct::sort(x), {1, 4, 7, 7.5, 2, 5, 6, 8}, x, of_x);
    check_slopes(ct::sort(x, ct::descending), {7.5, 7, 4, 1, 8, 6, 5, 2}, x, of_x);
    check_slopes(ct::sort(m, ct::axis<0>, ct::descending), {5, 6, 3, 4, 1, 2}, m, of_m);
    const auto [best, where] = ct::top_k(x, ct::num<2>);
    check_slopes(best, {7.5, 7, 8, 6}, x, of_x);
    check_values(where, {2, 1, 3, 1}, x = of_x);
}

BOOST_AUTO_TEST_CASE(equal_elements_keep_their_order_and_nan_is_last) {
    constexpr auto y = ct::placeholder<"y", double, 6>;
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::array<double, 6> ties{2, 1, 2, 0, 1, 2}, some{2, nan, 1, nan, 3, 0};
    check_values(ct::argsort(y), {3, 1, 4, 0, 2, 5}, y = ties);
    check_values(ct::argsort(y, ct::descending), {0, 2, 5, 1, 4, 3}, y = ties);
    check_values(ct::argsort(y), {5, 2, 0, 4, 1, 3}, y = some);
    check_values(ct::argsort(y, ct::descending), {1, 3, 4, 0, 2, 5}, y = some);
}

BOOST_AUTO_TEST_CASE(long_rows_are_sorted_as_std_does) {
    constexpr auto y = ct::placeholder<"y", double, N, 1001>;
    std::mt19937 generator(3);
    std::vector<double> data(2002);
    for (double& each : data) each = static_cast<double>(generator() % 300);
    ct::function f{ct::sort(y), ct::argsort(y)};
    const auto [sorted, order] = f(y = ct::view(data.data(), 2, 1001));
    for (std::size_t row = 0; row < 2; ++row) {
        std::vector<double> expected(data.begin() + static_cast<std::ptrdiff_t>(row * 1001),
                                     data.begin() + static_cast<std::ptrdiff_t>(row * 1001 + 1001));
        std::sort(expected.begin(), expected.end());
        BOOST_TEST(std::equal(expected.begin(), expected.end(), sorted.begin() + row * 1001));
        for (std::size_t i = row * 1001 + 1; i < row * 1001 + 1001; ++i)
            if (sorted[i] == sorted[i - 1]) BOOST_TEST_REQUIRE(order[i - 1] < order[i]);
    }
}

BOOST_AUTO_TEST_CASE(searchsorted_counts_what_is_before) {
    constexpr auto y = ct::placeholder<"y", double, 4>;
    const std::array<double, 4> bounds{1, 4, 5, 7};
    check_values(ct::searchsorted(y, x), {0, 3, 4, 1, 2, 3, 1, 4}, y = bounds, x = of_x);
    check_values(ct::searchsorted(y, x, ct::right), {1, 4, 4, 2, 3, 3, 1, 4}, y = bounds, x = of_x);
}

BOOST_AUTO_TEST_CASE(elements_are_taken_at_computed_places) {
    constexpr auto k = ct::placeholder<"k", std::int32_t, N, 3>;
    check_slopes(ct::take_along_axis(x, k), {4, 1, 4, 6, 6, 5}, x, of_x, k = std::array<std::int32_t, 6>{3, 0, 3, 1, 1, 0});
    check_slopes(ct::take_along_axis(m, ct::argsort(-m, ct::axis<0>), ct::axis<0>), {5, 6, 3, 4, 1, 2}, m, of_m);
    check_slopes(ct::gather_nd(m, rows), {5, 6, 1, 2, 5, 6}, m, of_m, rows = of_rows);
    check_slopes(ct::gather_nd(m, places), {2, 6, 2}, m, of_m, places = of_places);
    check_values(ct::gather_nd(m, places), {2, 0, 0}, m = of_m, places = std::array<std::int32_t, 6>{0, 1, 0, 2, 3, 0});
    ct::function f{ct::take_along_axis(x, k)};
    BOOST_CHECK_THROW(f(x = of_x, k = std::array<std::int32_t, 6>{4, 0, 3, 1, 1, 0}), ct::error);
    ct::function g{ct::gather_nd(m, rows)};
    BOOST_CHECK_THROW(g(m = of_m, rows = std::array<std::int32_t, 3>{0, 3, 0}), ct::error);
}

BOOST_AUTO_TEST_CASE(elements_are_put_at_computed_places) {
    check_slopes(ct::tensor_scatter_nd_add(m, rows, new_rows), {21, 23, 3, 4, 45, 48}, m, of_m, rows = of_rows, new_rows = of_rows_to_be);
    check_slopes(ct::tensor_scatter_nd_add(m, places, new_values), {1, -2, 3, 4, 5, 4}, new_values, of_values, m = of_m,
                 places = of_places);
    // Of two updates of one row the last counts.
    check_slopes(ct::tensor_scatter_nd_update(m, rows, new_rows), {20, 21, 3, 4, 30, 31}, m, of_m, rows = of_rows,
                 new_rows = of_rows_to_be);
    check_slopes(ct::tensor_scatter_nd_update(m, rows, new_rows), {20, 21, 3, 4, 30, 31}, new_rows, of_rows_to_be, rows = of_rows,
                 m = of_m);
    check_slopes(ct::tensor_scatter_nd_update(m, places, new_values), {1, -3, 3, 4, 5, -2}, new_values, of_values, m = of_m,
                 places = of_places);
}

BOOST_AUTO_TEST_SUITE_END()
