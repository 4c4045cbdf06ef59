// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/objective.hpp>
//
#include <ctgrad/interop/any_objective.hpp>
#include <ctgrad/ops.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <vector>

namespace ct = ctgrad;

/// In objective_caller.cpp, a unit that includes `any_objective.hpp` alone.
double descend(const ct::any_objective<double>& f, double* x, int steps, double rate);

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 2>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto W = ct::variable<"W", double, 2, 1>;
constexpr auto b = ct::variable<"b", double>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::squeeze(ct::matmul(x, W), ct::axis<1>) + b - y));

// y = 2 x0 - x1 + 3
const std::vector<double> inputs{0, 0, 1, 0, 0, 1, 1, 1, 2, 1};
const std::vector<double> targets{3, 5, 2, 4, 6};

} // namespace

BOOST_AUTO_TEST_SUITE(interop_objective)

BOOST_AUTO_TEST_CASE(leaves_lie_one_after_the_other) {
    using both = ct::flat_leaves<std::remove_const_t<decltype(W)>, std::remove_const_t<decltype(b)>>;
    static_assert(both::size == 3 && both::offset<std::remove_const_t<decltype(W)>> == 0 &&
                  both::offset<std::remove_const_t<decltype(b)>> == 2);
    const ct::objective f{loss, ct::flat(W, b), x = inputs, y = targets};
    const ct::objective turned{loss, ct::flat(b, W), x = inputs, y = targets};
    constexpr std::array at{0.5, -0.25, 1.5}, turned_at{1.5, 0.5, -0.25};
    std::array<double, 3> slope{}, turned_slope{};
    BOOST_TEST(f(at.data(), slope.data()) == turned(turned_at.data(), turned_slope.data()));
    BOOST_TEST(f(at.data()) == f(at.data(), slope.data()));
    BOOST_TEST((slope[0] == turned_slope[1] && slope[1] == turned_slope[2] && slope[2] == turned_slope[0]));
}

BOOST_AUTO_TEST_CASE(slopes_are_differences) {
    const ct::objective f{loss, ct::flat(W, b), x = inputs, y = targets};
    const std::array<double, 3> at{0.3, 1.2, -0.7};
    std::array<double, 3> slope{};
    (void)f(at.data(), slope.data());
    for (std::size_t i = 0; i < 3; ++i) {
        auto above = at, below = at;
        above[i] += 1e-6;
        below[i] -= 1e-6;
        BOOST_TEST(slope[i] == (f(above.data()) - f(below.data())) / 2e-6, boost::test_tools::tolerance(1e-7));
    }
}

BOOST_AUTO_TEST_CASE(a_unit_without_ctgrad_minimizes) {
    // what ends with the line is kept
    const ct::objective f{loss, ct::flat(W, b), x = std::vector<double>(inputs), y = targets};
    std::array<double, 3> at{};
    BOOST_TEST(ct::any_objective<double>(f).size() == 3);
    BOOST_TEST(descend(f, at.data(), 3000, 0.2) < 1e-12);
    BOOST_TEST(at[0] == 2.0, boost::test_tools::tolerance(1e-5));
    BOOST_TEST(at[1] == -1.0, boost::test_tools::tolerance(1e-5));
    BOOST_TEST(at[2] == 3.0, boost::test_tools::tolerance(1e-5));
    static_assert(!std::is_constructible_v<ct::any_objective<double>, decltype(f)&&>); // it refers to what it is made of
}

BOOST_AUTO_TEST_CASE(sizes_that_contradict_are_an_error) {
    const std::vector<double> fewer{1, 2, 3};
    const ct::objective f{loss, ct::flat(W, b), x = inputs, y = fewer};
    const std::array<double, 3> at{};
    BOOST_CHECK_THROW((void)f(at.data()), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
