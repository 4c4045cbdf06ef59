// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/objective.hpp>
//
#include <ctgrad/interop/any_objective.hpp>
#include <ctgrad/ops.hpp>

#include "../unit/train/allocations.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

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

template <auto Q>
constexpr auto later = ct::slice(Q, ct::begin<1>, ct::size<Q.shape()[0].extent - 1>);
template <auto Q>
constexpr auto earlier = ct::slice(Q, ct::begin<0>, ct::size<Q.shape()[0].extent - 1>);

} // namespace

BOOST_AUTO_TEST_SUITE(interop_objective)

BOOST_AUTO_TEST_CASE(leaves_lie_one_after_the_other) {
    using both = ct::packed<std::remove_const_t<decltype(W)>, std::remove_const_t<decltype(b)>>;
    static_assert(both::size == 3 && both::offset<std::remove_const_t<decltype(W)>> == 0 &&
                  both::offset<std::remove_const_t<decltype(b)>> == 2);
    const ct::objective f{loss, ct::packed{W, b}, x = inputs, y = targets};
    const ct::objective turned{loss, ct::packed{b, W}, x = inputs, y = targets};
    constexpr std::array at{0.5, -0.25, 1.5}, turned_at{1.5, 0.5, -0.25};
    std::array<double, 3> slope{}, turned_slope{};
    BOOST_TEST(f(at.data(), slope.data()) == turned(turned_at.data(), turned_slope.data()));
    BOOST_TEST(f(at.data()) == f(at.data(), slope.data()));
    BOOST_TEST((slope[0] == turned_slope[1] && slope[1] == turned_slope[2] && slope[2] == turned_slope[0]));
}

BOOST_AUTO_TEST_CASE(slopes_are_differences) {
    const ct::objective f{loss, ct::packed{W, b}, x = inputs, y = targets};
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

BOOST_AUTO_TEST_CASE(nothing_is_allocated_and_other_memory_is_left) {
    constexpr auto q = ct::variable<"q", double, 100>;
    constexpr auto rosenbrock = ct::reduce_sum(100.0_c * ct::square(later<q> - ct::square(earlier<q>)) + ct::square(1_c - earlier<q>));
    const ct::objective f{rosenbrock, ct::packed{q}};
    std::array<double, 100> at{};
    std::array<double, 102> slope{};
    slope[0] = slope[101] = 7;
    const int before = allocation_count();
    const double value = f(at.data()) + f(at.data(), slope.data() + 1);
    BOOST_TEST(allocation_count() == before);
    BOOST_TEST(value == 2 * 99);
    BOOST_TEST((slope[0] == 7 && slope[1] == -2 && slope[99] == -2 && slope[100] == 0 && slope[101] == 7));
}

BOOST_AUTO_TEST_CASE(slopes_that_are_equal_or_leaves_or_the_loss) {
    constexpr auto p = ct::variable<"p", double, 2>;
    constexpr auto q = ct::variable<"q", double, 2>;
    const std::array<double, 4> at{1, 2, 3, 5};
    std::array<double, 4> slope{};
    BOOST_TEST(ct::objective(ct::reduce_sum(ct::square(p + q)), ct::packed{p, q})(at.data(), slope.data()) == 65);
    BOOST_TEST((slope == std::array<double, 4>{8, 14, 8, 14}));
    BOOST_TEST(ct::objective(ct::reduce_sum(p * q), ct::packed{p, q})(at.data(), slope.data()) == 13);
    BOOST_TEST((slope == std::array<double, 4>{3, 5, 1, 2}));
    BOOST_TEST(ct::objective(3_c * ct::reduce_sum(p) - ct::reduce_sum(q), ct::packed{p, q})(at.data(), slope.data()) == 1);
    BOOST_TEST((slope == std::array<double, 4>{3, 3, -1, -1}));
    BOOST_TEST(ct::objective(ct::exp(b), ct::packed{b})(at.data(), slope.data()) == std::exp(1.0), boost::test_tools::tolerance(1e-15));
    BOOST_TEST(slope[0] == std::exp(1.0), boost::test_tools::tolerance(1e-15));
    BOOST_TEST(ct::objective(b, ct::packed{b})(at.data() + 1, slope.data()) == 2);
    BOOST_TEST(slope[0] == 1);
}

BOOST_AUTO_TEST_CASE(hessian_of_several_leaves) {
    constexpr auto p = ct::variable<"p", double, 2>;
    constexpr auto q = ct::variable<"q", double, 1, 2>;
    // s^2 p0 q0 + s^2 p1 q1 + s p0 p1, of s, p, q in this order
    const ct::objective f{ct::square(b) * ct::reduce_sum(p * q) + b * ct::reduce_prod(p), ct::packed{b, p, q}};
    const std::array<double, 5> at{2, 3, 5, 7, 11};
    std::array<double, 5> slope{};
    std::array<double, 25> second{};
    BOOST_TEST(f(at.data(), slope.data(), second.data()) == 334);
    BOOST_TEST((slope == std::array<double, 5>{319, 38, 50, 12, 20}));
    constexpr std::array<double, 25> expected{152, 33, 47, 12, 20, 33, 0, 2, 4, 0, 47, 2, 0, 0, 4, 12, 4, 0, 0, 0, 20, 0, 4, 0, 0};
    BOOST_TEST(second == expected, boost::test_tools::per_element());

    const std::array<double, 5> direction{1, -2, 0.5, 3, -1};
    std::array<double, 5> product{}, by_matrix{};
    for (std::size_t i = 0; i < 25; ++i) by_matrix[i / 5] += second[i] * direction[i % 5];
    f.hessian_product(at.data(), direction.data(), product.data());
    BOOST_TEST(product == by_matrix, boost::test_tools::per_element());
    const ct::objective linear{3_c * ct::reduce_sum(p), ct::packed{p}}; // it has none
    linear.hessian_product(at.data(), direction.data(), product.data());
    BOOST_TEST((product[0] == 0 && product[1] == 0));
}

BOOST_AUTO_TEST_CASE(a_unit_without_ctgrad_minimizes) {
    // what ends with the line is kept
    const ct::objective f{loss, ct::packed{W, b}, x = std::vector<double>(inputs), y = targets};
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
    const ct::objective f{loss, ct::packed{W, b}, x = inputs, y = fewer};
    const std::array<double, 3> at{};
    BOOST_CHECK_THROW((void)f(at.data()), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
