// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/cumulative.hpp>

#include "scan_laws.hpp"

#include <limits>

using namespace scans;

namespace {

constexpr auto numbers_of_s = std::array{3.0, -1.0, 0.0, 4.0, 2.0};

template <class E>
std::vector<double> of(E e, const std::array<double, 5>& given = numbers_of_s) {
    const ct::value_list found = ct::evaluate(e, s = given);
    std::array<double, 5> computed{};
    ct::function f{e};
    f(s = given, e = computed);
    check_close({computed.begin(), computed.end()}, {found.begin(), found.end()}, 0);
    return {found.begin(), found.end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform_cumulative)

BOOST_AUTO_TEST_CASE(values) {
    using v = std::vector<double>;
    BOOST_TEST(of(ct::cumsum(s)) == (v{3, 2, 2, 6, 8}));
    BOOST_TEST(of(ct::cumsum(s, ct::axis<0>, ct::exclusive)) == (v{0, 3, 2, 2, 6}));
    BOOST_TEST(of(ct::cumsum(s, ct::axis<-1>, ct::go_backwards)) == (v{8, 5, 6, 6, 2}));
    BOOST_TEST(of(ct::cumsum(s, ct::go_backwards, ct::exclusive)) == (v{5, 6, 6, 2, 0}));
    BOOST_TEST(of(ct::cumprod(s, ct::axis<0>)) == (v{3, -3, 0, 0, 0}));
    BOOST_TEST(of(ct::cumprod(s, ct::axis<0>, ct::exclusive)) == (v{1, 3, -3, 0, 0}));
    BOOST_TEST(of(ct::cumprod(s, ct::axis<0>, ct::go_backwards)) == (v{0, 0, 0, 8, 2}));
    BOOST_TEST(of(ct::cummax(s, ct::axis<0>)) == (v{3, 3, 3, 4, 4}));
    BOOST_TEST(of(ct::cummin(s, ct::axis<0>, ct::go_backwards)) == (v{-1, -1, 0, 2, 2}));
}

BOOST_AUTO_TEST_CASE(not_a_number_stays) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const ct::value_list most = ct::evaluate(ct::cummax(s, ct::axis<0>), s = std::array{1.0, nan, 5.0, 6.0, 7.0});
    BOOST_TEST(most[0] == 1);
    for (int i = 1; i < 5; ++i) BOOST_TEST(std::isnan(most[i]));
}

BOOST_AUTO_TEST_CASE(slopes_along_axes) {
    check_slope<5>(ct::reduce_sum(ct::cumprod(s, ct::axis<0>) * ct::sin(s)), s);
    check_slope<2>(ct::reduce_sum(ct::cumprod(W, ct::axis<1>) * ct::square(ct::cummax(W, ct::axis<0>))), W);
    // products of what is 0
    constexpr auto slope = ct::gradient(ct::reduce_sum(ct::cumprod(s, ct::axis<0>)), s)[s];
    static_assert(ct::evaluate(slope, s = std::array{2.0, 0.0, 3.0, 1.0, 1.0})[1] == 2 + 6 + 6 + 6);
}

BOOST_AUTO_TEST_CASE(long_sums_lose_nothing) {
    constexpr auto n = ct::dim<"n">;
    constexpr auto long_one = ct::placeholder<"long_one", float, n>;
    const std::vector<float> tenths(1'000'000, 0.1f);
    std::vector<float> sums(tenths.size());
    constexpr auto sum = ct::cumsum(long_one);
    ct::function{sum}(long_one = tenths, sum = sums);
    BOOST_TEST(std::abs(sums.back() - 100000.0015f) < 0.01f);
}

BOOST_AUTO_TEST_CASE(loops_that_end) {
    constexpr auto collatz =
        ct::while_loop([](auto state) { return std::get<0>(state) > 1_c; },
                       [](auto state) {
                           auto [n, count] = state;
                           auto half = ct::cast<double>(ct::cast<std::int32_t>(n * 0.5_c));
                           return std::make_tuple(ct::where(ct::equal(half * 2_c, n), half, 3_c * n + 1_c), count + 1_c);
                       },
                       std::make_tuple(a, c), ct::times<120>);
    static_assert(std::tuple_size_v<std::remove_const_t<decltype(collatz)>> == 2);
    BOOST_TEST(ct::evaluate(std::get<1>(collatz), a = 27.0, c = 0.0)[0] == 111);
    // Newton's method for a root; what lies behind the end enters no derivative
    constexpr auto root = ct::while_loop([](auto y) { return ct::abs(y * y - a) > 1e-12_c; }, [](auto y) { return 0.5_c * (y + a / y); },
                                         ct::ones_like(a), ct::times<30>);
    constexpr auto slope = ct::gradient(root, a)[a];
    BOOST_TEST(std::abs(ct::evaluate(root, a = 2.0)[0] - std::sqrt(2.0)) < 1e-12);
    BOOST_TEST(std::abs(ct::evaluate(slope, a = 2.0)[0] - 0.5 / std::sqrt(2.0)) < 1e-9);
    check_slope<6>(root, a);
}

BOOST_AUTO_TEST_SUITE_END()
