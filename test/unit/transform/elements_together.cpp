// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/elements_together.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto q = ct::variable<"q", double, 5>;
template <int I>
constexpr auto part = ct::slice(q, ct::begin<I>, ct::size<1>);
template <int I>
constexpr auto number = ct::squeeze(part<I>, ct::axis<0>);

constexpr auto three = ct::sin(number<0>) * ct::sin(number<2>) + ct::sin(number<4>) - ct::exp(number<1>);
constexpr auto parts = ct::concat(ct::axis<0>, ct::tanh(part<3>), ct::tanh(part<1>), ct::tanh(part<0>) * ct::cos(number<2>));
constexpr auto two = ct::sin(number<0>) + ct::sin(number<1>);

constexpr std::array<double, 5> at{0.3, -1.2, 2.5, 0.7, -0.4};

/// How many nodes of that op have vectors as results, and how many numbers.
template <class Op, class E>
constexpr std::array<int, 2> count(E) {
    ct::builder made;
    ct::list<ct::ref> roots;
    roots.push_back(made.import(E::root()));
    const ct::draft_graph g = ct::extract(made, roots);
    std::array<int, 2> found{};
    for (const ct::node& n : ct::detail::with_elements_together(g, ct::detail::elements_together(g.view())).nodes)
        if (ct::is_op<Op>(*n.op)) ++found[n.shape == q.shape() ? 0 : 1];
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform_elements_together)

BOOST_AUTO_TEST_CASE(one_formula_of_most_elements_is_taken_of_the_vector) {
    static_assert(count<ct::sin_op>(three) == std::array{1, 0});
    static_assert(count<ct::exp_op>(three) == std::array{0, 1});
    static_assert(count<ct::tanh_op>(parts) == std::array{1, 0});
    static_assert(count<ct::cos_op>(parts) == std::array{0, 1});
    static_assert(count<ct::sin_op>(two) == std::array{0, 2});
}

BOOST_AUTO_TEST_CASE(the_numbers_stay_what_they_are) {
    const double found = ct::function{three}(q = at);
    const auto sine = [](double x) { return ct::function{ct::sin(ct::scalar<"x", double>)}(ct::scalar<"x", double> = x); };
    const double power = ct::function{ct::exp(ct::scalar<"x", double>)}(ct::scalar<"x", double> = at[1]);
    BOOST_TEST(std::abs(found - (sine(at[0]) * sine(at[2]) + sine(at[4]) - power)) <= 1e-16); // a product and a sum may be fused
    const auto three_parts = ct::function{parts}(q = at);
    BOOST_TEST(three_parts(0) == ct::evaluate(parts, q = at)[0]);
    BOOST_TEST(three_parts(1) == ct::evaluate(parts, q = at)[1]);
    BOOST_TEST(three_parts(2) == ct::evaluate(parts, q = at)[2]);
}

BOOST_AUTO_TEST_SUITE_END()
