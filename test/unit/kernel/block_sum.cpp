// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/block_sum.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;

constexpr double bound = 1e-6;

/// All the same, where rounding errors of a running sum add up, or numbers far from 0 that repeat.
template <class T>
std::vector<T> tenths(std::size_t n) {
    return std::vector<T>(n, T(0.1));
}
template <class T>
std::vector<T> far_from_zero(std::size_t n) {
    std::vector<T> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = T(250) + T(0.07) * static_cast<T>(i % 1000);
    return x;
}

/// The sums of the middle axis of [outer, count, inner].
template <class T>
std::vector<double> sums_of(const std::vector<T>& x, std::size_t outer, std::size_t count, std::size_t inner) {
    std::vector<double> sums(outer * inner);
    for (std::size_t o = 0; o < outer; ++o)
        for (std::size_t c = 0; c < count; ++c)
            for (std::size_t i = 0; i < inner; ++i) sums[o * inner + i] += static_cast<double>(x[(o * count + c) * inner + i]);
    return sums;
}

template <class T>
void check(const std::vector<T>& got, const std::vector<double>& wanted, double tolerance = bound) {
    BOOST_REQUIRE_EQUAL(got.size(), wanted.size());
    double worst = 0;
    for (std::size_t i = 0; i < got.size(); ++i) {
        const double error = std::abs(static_cast<double>(got[i]) - wanted[i]) / std::abs(wanted[i]);
        worst = error <= worst ? worst : error; // NaN counts
    }
    BOOST_TEST(worst <= tolerance, "relative error " << worst);
}
template <class T>
std::vector<T> all(const T& value) {
    return {value};
}
template <class Tensor>
auto all(const Tensor& tensor)
    requires requires { tensor.begin(); }
{
    return std::vector(tensor.begin(), tensor.end());
}

constexpr auto a = ct::placeholder<"a", float, N>;
constexpr auto rows = ct::placeholder<"rows", float, 2, N>;
constexpr auto pairs = ct::placeholder<"pairs", float, N, 2>;
constexpr auto tens = ct::placeholder<"tens", float, N, 10>;
constexpr auto wide = ct::placeholder<"wide", float, N, 100>;
constexpr auto wider = ct::placeholder<"wider", float, N, 300>;
constexpr auto named = ct::placeholder<"named", float, N, M>;
constexpr auto middle = ct::placeholder<"middle", float, 3, N, 5>;
constexpr auto deep = ct::placeholder<"deep", float, M, 3, N, 2>;
constexpr auto d = ct::placeholder<"d", double, N>;
constexpr auto wide_doubles = ct::placeholder<"wide_doubles", double, N, 300>;

} // namespace

BOOST_AUTO_TEST_SUITE(long_sums)

BOOST_AUTO_TEST_CASE(totals_keep_their_digits) {
    ct::function f{ct::reduce_sum(a)};
    for (std::size_t n : {0u, 1u, 63u, 64u, 65u, 4095u, 4096u, 4097u, 1'000'000u, 20'000'000u}) {
        const auto x = tenths<float>(n), y = far_from_zero<float>(n);
        if (n == 0)
            BOOST_TEST(f(a = x) == 0.0f);
        else {
            check(all(f(a = x)), sums_of(x, 1, n, 1));
            check(all(f(a = y)), sums_of(y, 1, n, 1));
        }
    }
}

BOOST_AUTO_TEST_CASE(totals_of_formulas_keep_their_digits) {
    ct::function f{ct::reduce_sum(ct::tanh(a)), ct::reduce_sum(ct::square(a) * a)};
    const std::size_t n = 3'000'000;
    const auto [tanhs, cubes] = f(a = tenths<float>(n));
    const double x = 0.1f;
    check(all(tanhs), {std::tanh(x) * n}, 2 * bound);
    check(all(cubes), {x * x * x * n}, 2 * bound);
}

BOOST_AUTO_TEST_CASE(totals_of_logarithms_keep_their_digits) {
    ct::function f{ct::reduce_sum(ct::softplus(a)), ct::reduce_sum(ct::log(a)), ct::reduce_sum(ct::log1p(a))};
    const std::size_t n = 5'000'000;
    const auto [softplus, logs, logs_of_more] = f(a = tenths<float>(n));
    const double x = 0.1f;
    check(all(softplus), {std::log1p(std::exp(x)) * n});
    check(all(logs), {std::log(x) * n});
    check(all(logs_of_more), {std::log1p(x) * n});
}

BOOST_AUTO_TEST_CASE(rows_keep_their_digits) {
    ct::function f{ct::reduce_sum(rows, ct::axis<1>)};
    for (std::size_t n : {1u, 4096u, 4097u, 5'000'000u}) {
        const auto x = tenths<float>(2 * n), y = far_from_zero<float>(2 * n);
        check(all(f(rows = x)), sums_of(x, 2, n, 1));
        check(all(f(rows = y)), sums_of(y, 2, n, 1));
    }
}

BOOST_AUTO_TEST_CASE(rows_of_several_passes_keep_their_digits) {
    ct::function f{ct::reduce_sum(rows / ct::reduce_sum(rows, ct::axis<1>, ct::keepdims), ct::axis<1>)};
    check(all(f(rows = tenths<float>(2 * 3'000'000))), {1, 1}, 2 * bound);
}

BOOST_AUTO_TEST_CASE(columns_keep_their_digits) {
    ct::function two{ct::reduce_sum(pairs, ct::axis<0>)};
    ct::function ten{ct::reduce_sum(tens, ct::axis<0>)};
    ct::function hundred{ct::reduce_sum(wide, ct::axis<0>)};
    for (std::size_t n : {1u, 63u, 64u, 65u, 1023u, 1024u, 1025u, 100'000u}) {
        for (const bool same : {true, false}) {
            const auto x = same ? tenths<float>(100 * n) : far_from_zero<float>(100 * n);
            const auto part = [&](std::size_t c) { return std::vector(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(c * n)); };
            check(all(two(pairs = part(2))), sums_of(part(2), 1, n, 2));
            check(all(ten(tens = part(10))), sums_of(part(10), 1, n, 10));
            check(all(hundred(wide = x)), sums_of(x, 1, n, 100));
        }
    }
}

BOOST_AUTO_TEST_CASE(sums_in_memory_keep_their_digits) {
    ct::function many{ct::reduce_sum(wider, ct::axis<0>)};
    ct::function any{ct::reduce_sum(named, ct::axis<0>)};
    for (std::size_t n : {1u, 63u, 64u, 65u, 127u, 128u, 129u, 100'000u}) {
        const auto x = tenths<float>(300 * n), y = far_from_zero<float>(300 * n);
        check(all(many(wider = x)), sums_of(x, 1, n, 300));
        check(all(many(wider = y)), sums_of(y, 1, n, 300));
        check(all(any(named = ct::view(y.data(), n, 300))), sums_of(y, 1, n, 300));
        check(all(any(named = ct::view(x.data(), 10 * n, 30))), sums_of(x, 1, 10 * n, 30));
    }
}

BOOST_AUTO_TEST_CASE(middle_and_outer_axes_keep_their_digits) {
    ct::function f{ct::reduce_sum(middle, ct::axis<1>)};
    for (std::size_t n : {1u, 64u, 65u, 300'000u}) {
        const auto x = tenths<float>(15 * n);
        check(all(f(middle = x)), sums_of(x, 3, n, 5));
    }
    ct::function both{ct::reduce_sum(deep, ct::axis<0, 2>)}; // [3, 2]
    for (const auto& [m, n] : {std::pair{20'000, 3}, {3, 20'000}, {1, 70}, {70, 1}, {9, 9}}) {
        const auto x = tenths<float>(static_cast<std::size_t>(6 * m * n));
        check(all(both(deep = ct::view(x.data(), m, 3, n, 2))), std::vector<double>(6, double(0.1f) * m * n));
    }
    ct::function outer{ct::reduce_sum(deep, ct::axis<0, 3>)}; // [3, N]: rows of two, added to what is in memory
    const auto x = tenths<float>(6 * 4 * 50'000);
    check(all(outer(deep = ct::view(x.data(), 50'000, 3, 4, 2))), std::vector<double>(12, double(0.1f) * 100'000));
}

BOOST_AUTO_TEST_CASE(transposed_and_strided_sums_keep_their_digits) {
    const std::size_t n = 400'000;
    const auto x = tenths<float>(10 * n);
    const std::vector<double> wanted(10, double(0.1f) * n);
    ct::function transposed{ct::reduce_sum(ct::transpose(tens), ct::axis<1>)};
    check(all(transposed(tens = x)), wanted);
    ct::function strided{ct::reduce_sum(ct::slice(tens, ct::begin<0, 3>, ct::size<-1, 1>))};
    check(all(strided(tens = x)), {wanted[0]});
}

BOOST_AUTO_TEST_CASE(sums_of_broadcast_products_keep_their_digits) {
    const std::size_t n = 400'000;
    constexpr auto products = tens * ct::expand_dims(a, ct::axis<1>);
    ct::function f{ct::reduce_sum(products, ct::axis<0>), ct::reduce_sum(products), ct::reduce_sum(products, ct::axis<1>)};
    const auto [columns, total, sums] = f(tens = tenths<float>(10 * n), a = std::vector<float>(n, 1.0f));
    check(all(columns), std::vector<double>(10, double(0.1f) * n));
    check(all(total), {double(0.1f) * 10 * n});
    check(all(sums), std::vector<double>(n, double(0.1f) * 10));
}

BOOST_AUTO_TEST_CASE(sums_in_parts_keep_their_digits) {
    const std::size_t n = 400'000;
    const auto x = tenths<float>(10 * n);
    ct::function total{ct::reduce_sum(a)};
    ct::function columns{ct::reduce_sum(tens, ct::axis<0>)};
    ct::function memory{ct::reduce_sum(wider, ct::axis<0>)};
    check(all(total(ct::serial{}, a = x)), {double(0.1f) * 10 * n});
    check(all(columns(ct::serial{}, tens = x)), std::vector<double>(10, double(0.1f) * n));
    check(all(memory(ct::serial{}, wider = std::vector(x.begin(), x.begin() + 300 * 10'000))),
          std::vector<double>(300, double(0.1f) * 10'000));
}

BOOST_AUTO_TEST_CASE(doubles_keep_theirs) {
    ct::function f{ct::reduce_sum(d)};
    const std::size_t n = 5'000'000;
    const long double wanted = static_cast<long double>(0.1) * n;
    BOOST_TEST(std::abs(static_cast<double>((f(d = tenths<double>(n)) - wanted) / wanted)) < 2e-15);
    ct::function many{ct::reduce_sum(wide_doubles, ct::axis<0>)};
    for (double sum : many(wide_doubles = tenths<double>(300 * 30'000)))
        BOOST_TEST(std::abs(static_cast<double>((sum - static_cast<long double>(0.1) * 30'000) / 3000)) < 2e-15);
}

BOOST_AUTO_TEST_CASE(what_is_not_finite_stays_what_it_is) {
    ct::function f{ct::reduce_sum(a)};
    ct::function doubles{ct::reduce_sum(d)};
    ct::function columns{ct::reduce_sum(tens, ct::axis<0>)};
    ct::function memory{ct::reduce_sum(wider, ct::axis<0>)};
    ct::function memory_of_doubles{ct::reduce_sum(wide_doubles, ct::axis<0>)};
    const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const std::size_t n = 100'000;
    for (std::size_t at : {std::size_t{0}, std::size_t{5000}, n - 1})
        for (const float one : {infinity, -infinity, nan}) {
            const auto is_one = [one](double y) { return std::isnan(one) ? std::isnan(y) : y == double(one); };
            auto x = tenths<float>(300 * n);
            x[at] = one;
            BOOST_TEST(is_one(f(a = std::vector(x.begin(), x.begin() + n))));
            BOOST_TEST(is_one(columns(tens = std::vector(x.begin(), x.begin() + 10 * n))[at % 10]));
            const auto sums = memory(wider = x);
            BOOST_TEST(is_one(sums[at % 300]));
            BOOST_TEST(std::isfinite(sums[(at + 1) % 300]));
            std::vector<double> y(x.begin(), x.end());
            BOOST_TEST(is_one(memory_of_doubles(wide_doubles = y)[at % 300]));
            y.resize(n);
            BOOST_TEST(is_one(doubles(d = y)));
        }
}

BOOST_AUTO_TEST_CASE(a_sum_of_negative_zeros_is_one) {
    ct::function f{ct::reduce_sum(a)};
    ct::function g{ct::reduce_sum(d)};
    BOOST_TEST(std::signbit(f(a = std::vector<float>(100'000, -0.0f))));
    BOOST_TEST(std::signbit(g(d = std::vector<double>(100'000, -0.0))));
}

BOOST_AUTO_TEST_SUITE_END()
