// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/contraction.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

namespace {

using ctgrad::detail::matrix;

std::vector<double> numbers(std::size_t n, double start) {
    std::vector<double> v(n);
    for (std::size_t i = 0; i < n; ++i) v[i] = std::sin(start + 0.7 * static_cast<double>(i));
    return v;
}

template <class T>
void check(std::int64_t rows, std::int64_t depth, std::int64_t columns) {
    const auto size = [](std::int64_t a, std::int64_t b) { return static_cast<std::size_t>(a * b); };
    const std::vector<double> a64 = numbers(size(rows, depth), 1), b64 = numbers(size(depth, columns), 2);
    const std::vector<T> a(a64.begin(), a64.end()), b(b64.begin(), b64.end());
    std::vector<T> plain(size(rows, columns)), by_columns(plain), by_depth(plain);
    // b once row by row, once column by column: then it is the transpose of a [columns, depth] tensor
    std::vector<T> transposed(b.size());
    for (std::int64_t k = 0; k < depth; ++k)
        for (std::int64_t j = 0; j < columns; ++j)
            transposed[static_cast<std::size_t>(j * depth + k)] = b[static_cast<std::size_t>(k * columns + j)];
    const matrix<const T> ma{a.data(), depth, 1}, mb{b.data(), columns, 1}, mt{transposed.data(), 1, depth};
    constexpr ctgrad::dtype D = ctgrad::dtype_of<T>;
    ctgrad::detail::contract_plainly(ma, mb, matrix<T>{plain.data(), columns, 1}, rows, depth, columns);
    ctgrad::detail::contract_by_columns<D>(ma, mb, matrix<T>{by_columns.data(), columns, 1}, rows, depth, columns);
    ctgrad::detail::contract_by_depth<D>(ma, mt, matrix<T>{by_depth.data(), columns, 1}, rows, depth, columns);
    const double tolerance = (sizeof(T) == 4 ? 1e-6 : 1e-14) * static_cast<double>(depth + 1);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        BOOST_TEST(std::abs(static_cast<double>(by_columns[i] - plain[i])) <= tolerance);
        BOOST_TEST(std::abs(static_cast<double>(by_depth[i] - plain[i])) <= tolerance);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(products_of_all_sizes_agree_with_the_plain_loop) {
    for (std::int64_t rows : {1, 7, 8, 19})
        for (std::int64_t depth : {0, 1, 15, 16, 33})
            for (std::int64_t columns : {1, 10, 16, 37}) {
                check<float>(rows, depth, columns);
                check<double>(rows, depth, columns);
            }
}

BOOST_AUTO_TEST_SUITE_END()
