// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/residuals.hpp>
//
#include <ctgrad/ops.hpp>

#include "../unit/train/allocations.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto a = ct::variable<"a", double>;
constexpr auto c = ct::variable<"c", double, 2>;
template <int I>
constexpr auto c_at = ct::squeeze(ct::slice(c, ct::begin<I>, ct::size<1>), ct::axis<0>);
// a x^2 + c0 x + c1 - y
constexpr auto parabola = a * ct::square(x) + c_at<0> * x + c_at<1> - y;

const std::vector<double> inputs{0, 1, 2, -3}, targets{1, 0, 2, 5};

} // namespace

BOOST_AUTO_TEST_SUITE(interop_residuals)

BOOST_AUTO_TEST_CASE(jacobian_by_rows_and_by_leaf) {
    const ct::residuals r{parabola, ct::packed{a, c}, x = inputs, y = targets};
    static_assert(r.size == 3 && r.blocks == 2 && r.static_count == 0);
    BOOST_TEST_REQUIRE(r.count() == 4);
    const std::array<double, 3> at{2, -1, 3};
    std::array<double, 4> out{};
    std::array<double, 12> jacobian{};
    r(at.data(), out.data(), jacobian.data());
    BOOST_TEST((out == std::array<double, 4>{2, 4, 7, 19}));
    BOOST_TEST((jacobian == std::array<double, 12>{0, 0, 1, 1, 1, 1, 4, 2, 1, 9, -3, 1}));
    out = {};
    r(at.data(), out.data());
    BOOST_TEST(out[3] == 19);

    std::array<double, 4> of_a{}, again{};
    std::array<double, 8> of_c{};
    const double* const blocks[] = {at.data(), at.data() + 1};
    double* const into[] = {of_a.data(), of_c.data()};
    r.at_blocks(blocks, again.data(), into);
    BOOST_TEST((again == out && of_a == std::array<double, 4>{0, 1, 4, 9} && of_c == std::array<double, 8>{0, 1, 1, 1, 2, 1, -3, 1}));
}

BOOST_AUTO_TEST_CASE(a_static_count_is_known_and_nothing_is_allocated) {
    constexpr auto circle = ct::reduce_sum(ct::square(c)) - 1_c;
    const ct::residuals r{circle, ct::packed{c}};
    static_assert(r.static_count == 1);
    const std::array<double, 2> at{2, 3};
    double value = 0;
    std::array<double, 2> jacobian{};
    const int before = allocation_count();
    r(at.data(), &value, jacobian.data());
    BOOST_TEST(allocation_count() == before);
    BOOST_TEST((value == 12 && jacobian[0] == 4 && jacobian[1] == 6));
}

BOOST_AUTO_TEST_CASE(leaves_with_equal_derivatives) {
    const ct::residuals r{x - a - c_at<0>, ct::packed{a, c}, x = inputs};
    const std::array<double, 3> at{1, 2, 0};
    std::array<double, 4> out{};
    std::array<double, 12> jacobian{};
    r(at.data(), out.data(), jacobian.data());
    BOOST_TEST((out == std::array<double, 4>{-3, -2, -1, -6}));
    BOOST_TEST((jacobian == std::array<double, 12>{-1, -1, 0, -1, -1, 0, -1, -1, 0, -1, -1, 0}));
}

BOOST_AUTO_TEST_CASE(residuals_of_two_axes) {
    constexpr auto both = ct::matmul(ct::expand_dims(x, ct::axis<1>), ct::expand_dims(c, ct::axis<0>)) - a; // [N,2]
    const ct::residuals r{both, ct::packed{c, a}, x = inputs};
    BOOST_TEST_REQUIRE(r.count() == 8);
    const std::array<double, 3> at{2, 3, 1};
    std::array<double, 8> out{};
    std::array<double, 24> jacobian{};
    r(at.data(), out.data(), jacobian.data());
    BOOST_TEST((out == std::array<double, 8>{-1, -1, 1, 2, 3, 5, -7, -10}));
    for (std::size_t i = 0; i < 8; ++i) {
        BOOST_TEST(jacobian[3 * i + i % 2] == inputs[i / 2]);
        BOOST_TEST((jacobian[3 * i + 1 - i % 2] == 0 && jacobian[3 * i + 2] == -1));
    }
}

BOOST_AUTO_TEST_CASE(second_derivatives_of_a_weighted_sum) {
    constexpr auto bent = ct::square(a) * x + a * c_at<0> * ct::square(x) - c_at<1>; // [N]
    const ct::residuals r{bent, ct::packed{a, c}, x = inputs};
    const std::array<double, 3> at{2, -1, 3};
    const std::array<double, 4> weights{7, 1, 2, -1};
    std::array<double, 9> hessian{};
    r.weighted_hessian(at.data(), weights.data(), hessian.data());
    // the sums of w x and w x^2 are 8 and 0
    BOOST_TEST((hessian == std::array<double, 9>{16, 0, 0, 0, 0, 0, 0, 0, 0}));
    const std::array<double, 4> others{0, 1, 1, 1};
    r.weighted_hessian(at.data(), others.data(), hessian.data());
    BOOST_TEST((hessian == std::array<double, 9>{0, 14, 0, 14, 0, 0, 0, 0, 0}));

    const ct::residuals line{a * x - y, ct::packed{a}, x = inputs, y = targets}; // it has none
    hessian[0] = 7;
    line.weighted_hessian(at.data(), others.data(), hessian.data());
    BOOST_TEST(hessian[0] == 0);
}

BOOST_AUTO_TEST_CASE(sizes_that_contradict_are_an_error_at_once) {
    const std::vector<double> fewer{1, 2, 3};
    BOOST_CHECK_THROW((ct::residuals{parabola, ct::packed{a, c}, x = inputs, y = fewer}), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
