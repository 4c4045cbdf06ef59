// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/contraction/deep_sums.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;

/// The error where all terms are equal: of a single pass, of 256 terms or of 16 times as many in lanes, and of pieces.
constexpr double bound_for(std::size_t depth) { return depth <= 4096 ? 4e-6 : 1.3e-6; }

/// 0.1 or numbers far from 0 that repeat; the same in float and double.
template <class T>
std::vector<T> numbers(std::size_t n, bool same) {
    std::vector<T> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<T>(same ? 0.1f : 2 + 0.25f * static_cast<float>(i % 37));
    return x;
}

/// x^T y, x [n, rows], y [n, columns].
template <class T>
std::vector<double> product(const std::vector<T>& x, const std::vector<T>& y, std::size_t n, std::size_t rows, std::size_t columns) {
    std::vector<long double> all(rows * columns);
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < columns; ++j)
                all[i * columns + j] += static_cast<long double>(x[k * rows + i]) * static_cast<long double>(y[k * columns + j]);
    return {all.begin(), all.end()};
}

template <class Numbers>
void check(const Numbers& got, const std::vector<double>& wanted, double tolerance) {
    BOOST_REQUIRE_EQUAL(got.size(), wanted.size());
    double worst = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double error = std::abs(static_cast<double>(got.data()[i]) - wanted[i]) / (wanted[i] == 0 ? 1 : std::abs(wanted[i]));
        worst = error <= worst ? worst : error; // NaN counts
    }
    BOOST_TEST(worst <= tolerance, "relative error " << worst);
}

/// The gradient of a layer, as it is and in an update, which takes blocks of it; and the product of the transposed.
template <class T, int Rows, int Columns>
void check_over_batch(std::initializer_list<std::size_t> sizes, double tolerance = 0) {
    constexpr auto x = ct::placeholder<"x", T, N, Rows>;
    constexpr auto y = ct::placeholder<"y", T, N, Columns>;
    constexpr auto W = ct::variable<"W", T, Rows, Columns>;
    constexpr auto xy = ct::matmul(ct::transpose(x), y);
    ct::function alone{xy};
    ct::function updated{W - 2_c * ct::matmul(ct::transpose(x), y)};
    for (const std::size_t n : sizes)
        for (const bool same : {true, false}) {
            const auto x_ = numbers<T>(n * Rows, same), y_ = numbers<T>(n * Columns, same);
            auto wanted = product(x_, y_, n, Rows, Columns);
            const ct::tensor<T> got = alone(x = x_, y = y_), parts = alone(ct::serial{}, x = x_, y = y_);
            check(got, wanted, tolerance > 0 ? tolerance : bound_for(n));
            BOOST_TEST(std::equal(got.begin(), got.end(), parts.begin()));
            for (double& each : wanted) each *= -2;
            const std::vector<T> none(static_cast<std::size_t>(Rows * Columns));
            check(updated(x = x_, y = y_, W = none), wanted, tolerance > 0 ? tolerance : bound_for(n));
        }
}

} // namespace

BOOST_AUTO_TEST_SUITE(long_products)

BOOST_AUTO_TEST_CASE(few_columns_keep_their_digits) {
    check_over_batch<float, 20, 1>({0, 1, 64, 255, 256, 257, 1024, 1025, 1088, 2048, 2049, 300'000});
    check_over_batch<float, 7, 3>({256, 257, 300'000});
    check_over_batch<float, 40, 10>({1023, 1025, 2049, 100'000});
}

BOOST_AUTO_TEST_CASE(whole_rows_keep_their_digits) { check_over_batch<float, 5, 64>({1, 256, 257, 1024, 1025, 2049, 100'001}); }

BOOST_AUTO_TEST_CASE(strips_keep_their_digits) { check_over_batch<float, 70, 100>({1, 256, 257, 1025, 2049, 20'001}); }

BOOST_AUTO_TEST_CASE(doubles_keep_theirs) {
    check_over_batch<double, 20, 3>({1025, 100'000}, 1e-14);
    check_over_batch<double, 40, 100>({2049}, 1e-14);
}

BOOST_AUTO_TEST_CASE(scalar_products_keep_their_digits) {
    constexpr auto a = ct::placeholder<"a", float, N>;
    constexpr auto b = ct::placeholder<"b", float, N>;
    ct::function f{ct::dot(a, b)};
    for (const std::size_t n : {1u, 1024u, 1025u, 65'536u, 65'537u, 20'000'000u}) {
        const auto a_ = numbers<float>(n, true);
        const double x = 0.1f;
        BOOST_TEST(std::abs(f(a = a_, b = a_) / (x * x * static_cast<double>(n)) - 1) <= bound_for(n));
    }
}

BOOST_AUTO_TEST_CASE(one_row_keeps_its_digits) {
    constexpr auto a = ct::placeholder<"a", float, N>;
    constexpr auto b = ct::placeholder<"b", float, N, 300>;
    ct::function f{ct::matmul(ct::expand_dims(a, ct::axis<0>), b)};
    for (const std::size_t n : {1024u, 1025u, 30'000u}) {
        const auto a_ = numbers<float>(n, true), b_ = numbers<float>(300 * n, true);
        check(f(a = a_, b = b_), product(a_, b_, n, 1, 300), bound_for(n));
    }
}

BOOST_AUTO_TEST_CASE(great_depth_of_known_extent_keeps_its_digits) {
    constexpr int K = 30'000;
    constexpr auto a = ct::placeholder<"a", float, N, K>;
    constexpr auto few = ct::placeholder<"few", float, K, 3>;
    constexpr auto many = ct::placeholder<"many", float, K, 70>;
    constexpr auto turned = ct::placeholder<"turned", float, 5, K>;
    ct::function f{ct::matmul(a, few), ct::matmul(a, many), ct::matmul(a, ct::transpose(turned))};
    const auto a_ = numbers<float>(20 * K, true), few_ = numbers<float>(3 * K, true), many_ = numbers<float>(70 * K, true),
               turned_ = numbers<float>(5 * K, true);
    const double x = 0.1f, wanted = x * x * K;
    const auto [of_few, of_many, of_turned] = f(a = a_, few = few_, many = many_, turned = turned_);
    check(of_few, std::vector<double>(60, wanted), bound_for(K));
    check(of_many, std::vector<double>(1400, wanted), bound_for(K));
    check(of_turned, std::vector<double>(100, wanted), bound_for(K));
}

BOOST_AUTO_TEST_CASE(sums_of_products_over_leading_axes_keep_their_digits) {
    constexpr auto x = ct::placeholder<"x", float, N, 4, 6>;
    constexpr auto W = ct::variable<"W", float, 6, 10>;
    constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W)));
    ct::function f{ct::gradient(loss, W)[W]};
    const std::size_t n = 100'000;
    const double each = 0.1f; // d loss / dW_ij is 2 / (N 4 10) times the sum of x_i (6 x w)
    const std::vector<double> wanted(60, 2.0 / 10 * 6 * each * each * each);
    check(f(x = numbers<float>(n * 24, true), W = numbers<float>(60, true)), wanted, bound_for(n));
}

BOOST_AUTO_TEST_CASE(what_is_not_finite_stays_what_it_is) {
    constexpr auto x = ct::placeholder<"x", float, N, 3>;
    constexpr auto few = ct::placeholder<"few", float, N, 3>;
    constexpr auto many = ct::placeholder<"many", float, N, 100>;
    ct::function f{ct::matmul(ct::transpose(x), few), ct::matmul(ct::transpose(x), many)};
    const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const std::size_t n = 5000;
    for (const std::size_t at : {std::size_t{0}, std::size_t{1100}, n - 1})
        for (const float one : {infinity, nan}) {
            auto x_ = numbers<float>(3 * n, true);
            x_[3 * at + 1] = one;
            const auto [of_few, of_many] = f(x = x_, few = numbers<float>(3 * n, true), many = numbers<float>(100 * n, true));
            for (const float y : {of_few(1, 0), of_few(1, 2), of_many(1, 0), of_many(1, 99)})
                BOOST_TEST((std::isnan(one) ? std::isnan(y) : y == one));
            BOOST_TEST((std::isfinite(of_few(0, 1)) && std::isfinite(of_many(2, 50))));
        }
}

BOOST_AUTO_TEST_CASE(rows_that_are_used_often_keep_their_digits) {
    constexpr auto i = ct::placeholder<"i", std::int32_t, N>;
    constexpr auto table = ct::variable<"table", float, 3, 5>;
    constexpr auto w = ct::placeholder<"w", float, N, 5>;
    ct::function f{ct::gradient(ct::reduce_sum(ct::gather(table, i) * w), table)[table]};
    for (const std::size_t n : {1u, 64u, 65u, 2'000'000u}) {
        std::vector<std::int32_t> i_(n, 1);
        i_[0] = 2;
        const double x = 0.1f, often = x * static_cast<double>(n - 1);
        check(f(i = i_, w = numbers<float>(5 * n, true)), {0, 0, 0, 0, 0, often, often, often, often, often, x, x, x, x, x}, 1e-6);
    }
}

BOOST_AUTO_TEST_SUITE_END()
