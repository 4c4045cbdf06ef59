// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/run_loop.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;

/// Sizes around the numbers of vectors that are computed abreast.
constexpr std::size_t sizes[]{0, 1, 15, 16, 17, 63, 64, 65, 100, 127, 128, 1000};

std::vector<float> numbers(std::size_t n) {
    std::vector<float> v(n);
    for (std::size_t i = 0; i < n; ++i) v[i] = 0.01f + static_cast<float>(i * 7 % 31) / 10;
    return v;
}
template <class Term>
double sum(const std::vector<float>& v, Term term) {
    double s = 0;
    for (const float e : v) s += term(static_cast<double>(e));
    return s;
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

template <std::size_t Size>
void check_short_loop() {
    constexpr auto v = ct::placeholder<"v", float, static_cast<int>(Size)>;
    constexpr auto less = v * v - 1_c;
    constexpr auto scaled = ct::reduce_mean(ct::square(v)) * v;
    const ct::function f{ct::reduce_sum(v * v), less, scaled};
    std::array<float, Size> data, less_out, scaled_out;
    float sum = 0;
    for (std::size_t i = 0; i < Size; ++i) {
        data[i] = static_cast<float>(i + 2);
        sum += data[i] * data[i];
    }
    const float total = std::get<0>(f(v = data, less = std::span(less_out), scaled = std::span(scaled_out)));
    BOOST_TEST(total == sum);
    for (std::size_t i = 0; i < Size; ++i) {
        BOOST_TEST(less_out[i] == data[i] * data[i] - 1);
        BOOST_TEST(scaled_out[i] == sum / Size * data[i], boost::test_tools::tolerance(1e-6f));
    }
}
BOOST_AUTO_TEST_CASE(short_loops_are_whole) {
    check_short_loop<1>();
    check_short_loop<2>();
    check_short_loop<3>();
    check_short_loop<4>();
    check_short_loop<5>();
}

BOOST_AUTO_TEST_CASE(long_formulas_fill_every_element) {
    constexpr auto y = ct::tanh(ct::exp(-x) * ct::tanh(x));
    const ct::function f{y};
    for (const std::size_t n : sizes) {
        const std::vector<float> v = numbers(n);
        std::vector<float> out(n + 1, -1.0f);
        f(x = v, y = std::span(out).first(n));
        for (std::size_t i = 0; i < n; ++i) {
            const double e = static_cast<double>(v[i]);
            BOOST_TEST(static_cast<double>(out[i]) == std::tanh(std::exp(-e) * std::tanh(e)), boost::test_tools::tolerance(1e-6));
        }
        BOOST_TEST(out[n] == -1.0f);
    }
}

BOOST_AUTO_TEST_CASE(sums_of_logarithms_are_those_of_the_terms) {
    const ct::function f{ct::reduce_sum(ct::log(x)), ct::reduce_sum(ct::log1p(x)), ct::reduce_sum(ct::softplus(x))};
    for (const std::size_t n : sizes) {
        const std::vector<float> v = numbers(n);
        const auto [logs, logs1p, softplus] = f(x = v);
        const auto near = boost::test_tools::tolerance(1e-6);
        BOOST_TEST(static_cast<double>(logs) == sum(v, [](double e) { return std::log(e); }), near);
        BOOST_TEST(static_cast<double>(logs1p) == sum(v, [](double e) { return std::log1p(e); }), near);
        BOOST_TEST(static_cast<double>(softplus) == sum(v, [](double e) { return std::log1p(std::exp(e)); }), near);
    }
}

BOOST_AUTO_TEST_CASE(columns_of_logarithms_are_summed_each_by_itself) {
    constexpr auto table = ct::placeholder<"table", float, N, ct::dim<"M">>;
    constexpr auto wide = ct::placeholder<"wide", float, N, 128>;
    const ct::function columns{ct::reduce_sum(ct::softplus(table), ct::axis<0>)};
    const ct::function rows{ct::reduce_sum(ct::softplus(table), ct::axis<1>)};
    const ct::function wide_columns{ct::reduce_sum(ct::softplus(wide), ct::axis<0>)};
    const ct::function wide_rows{ct::reduce_sum(ct::softplus(wide), ct::axis<1>)};
    const std::vector<float> v = numbers(3 * 128);
    const auto near = boost::test_tools::tolerance(1e-6);
    const auto check = [&](const ct::tensor<float>& by_column, const ct::tensor<float>& by_row) {
        for (std::size_t c = 0; c < 128; ++c)
            BOOST_TEST(static_cast<double>(by_column(static_cast<std::int64_t>(c))) ==
                           sum({v[c], v[128 + c], v[256 + c]}, [](double e) { return std::log1p(std::exp(e)); }),
                       near);
        for (std::size_t r = 0; r < 3; ++r)
            BOOST_TEST(static_cast<double>(by_row(static_cast<std::int64_t>(r))) ==
                           sum({v.begin() + static_cast<std::ptrdiff_t>(128 * r), v.begin() + static_cast<std::ptrdiff_t>(128 * (r + 1))},
                               [](double e) { return std::log1p(std::exp(e)); }),
                       near);
    };
    const auto data = ct::view(v.data(), 3, 128);
    check(columns(table = data), rows(table = data));
    check(wide_columns(wide = v), wide_rows(wide = v));
}

BOOST_AUTO_TEST_CASE(a_logarithm_that_is_needed_by_itself_is_still_summed) {
    const ct::function f{ct::reduce_sum(ct::log(x)), ct::log(x)};
    for (const std::size_t n : sizes) {
        const std::vector<float> v = numbers(n);
        const auto [total, logs] = f(x = v);
        BOOST_TEST(static_cast<double>(total) == sum(v, [](double e) { return std::log(e); }), boost::test_tools::tolerance(1e-5));
        for (std::size_t i = 0; i < n; ++i)
            BOOST_TEST(static_cast<double>(logs(static_cast<std::int64_t>(i))) == std::log(static_cast<double>(v[i])),
                       boost::test_tools::tolerance(1e-6));
    }
}

BOOST_AUTO_TEST_CASE(sums_of_logarithms_are_infinite_or_nan_where_a_term_is) {
    const ct::function f{ct::reduce_sum(ct::log(x))};
    std::vector<float> v = numbers(100);
    v[70] = 0;
    BOOST_TEST(f(x = v) == -std::numeric_limits<float>::infinity());
    v[3] = v[4] = -1;
    BOOST_TEST(std::isnan(f(x = v)));
}

BOOST_AUTO_TEST_SUITE_END()
