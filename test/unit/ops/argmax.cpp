// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/ops/argmax.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

/// The place of the first NaN, or else of the first of the largest.
template <class T>
int place_in(const std::vector<T>& row) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (std::isnan(row[i])) return static_cast<int>(i);
        if (row[i] > row[best]) best = i;
    }
    return static_cast<int>(best);
}

/// Rows of five with NaN at each place, at two, everywhere and nowhere.
template <class T>
std::vector<std::vector<T>> rows() {
    const T nan = std::numeric_limits<T>::quiet_NaN(), infinity = std::numeric_limits<T>::infinity();
    std::vector<std::vector<T>> all{{1, 2, 3, 2, 1},
                                    {3, 3, 1, 3, 0},
                                    {nan, nan, nan, nan, nan},
                                    {0, nan, 1, nan, 9},
                                    {infinity, 1, nan, infinity, 2},
                                    {-infinity, -infinity, -infinity, -infinity, -nan}};
    for (std::size_t k = 0; k < 5; ++k) {
        all.push_back({4, 9, 2, 7, 5});
        all.back()[k] = nan;
    }
    return all;
}

template <class T>
void check_all_axes() {
    constexpr auto N = ct::dim<"N">;
    constexpr auto x = ct::placeholder<"x", T, N, 5>;
    constexpr auto turned = ct::placeholder<"turned", T, 5, N>;
    std::vector<T> by_row, by_column;
    for (const auto& row : rows<T>()) by_row.insert(by_row.end(), row.begin(), row.end());
    for (std::size_t k = 0; k < 5; ++k)
        for (const auto& row : rows<T>()) by_column.push_back(row[k]);
    const auto along_rows = ct::function{ct::argmax(x, ct::axis<1>)}(x = by_row);
    const auto along_columns = ct::function{ct::argmax(turned)}(turned = by_column);
    const auto of_a_sum = ct::function{ct::argmax(x + x, ct::axis<-1>)}(x = by_row);
    const auto interpreted = ct::evaluate(ct::argmax(x, ct::axis<1>), x = by_row);
    for (std::size_t i = 0; i < rows<T>().size(); ++i) {
        const int expected = place_in(rows<T>()[i]);
        BOOST_TEST(along_rows[i] == expected);
        BOOST_TEST(along_columns[i] == expected);
        BOOST_TEST(of_a_sum[i] == expected);
        BOOST_TEST(interpreted[static_cast<int>(i)] == expected);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(first_nan_is_the_largest_of_floats) { check_all_axes<float>(); }
BOOST_AUTO_TEST_CASE(first_nan_is_the_largest_of_doubles) { check_all_axes<double>(); }

BOOST_AUTO_TEST_SUITE_END()
