// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/activations.hpp>

#include <ctgrad/nn.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto x = ct::variable<"x", double, 3>;
constexpr auto rows = ct::variable<"rows", double, 2, 4>;
using three = std::array<double, 3>;

const auto near = boost::test_tools::tolerance(1e-12);

template <class F>
double value_at(F f, double at) {
    return ct::evaluate(f(x), x = three{at, at, at})[0];
}
template <class F>
double slope_at(F f, double at) {
    return ct::evaluate(ct::gradient(ct::reduce_sum(f(x)), x)[x], x = three{at, at, at})[0];
}

} // namespace

BOOST_AUTO_TEST_SUITE(activations)

BOOST_AUTO_TEST_CASE(a_rectifier_has_slope_limit_and_threshold) {
    constexpr auto f = ct::relu(ct::negative_slope = 0.1_c, ct::max_value = 2_c, ct::threshold = 0.5_c);
    BOOST_TEST(value_at(f, -6.5) == -0.7, near);
    BOOST_TEST(value_at(f, 0.5) == 0, near);
    BOOST_TEST(value_at(f, 1) == 1, near);
    BOOST_TEST(value_at(f, 3) == 2, near);
    BOOST_TEST(value_at(ct::relu, -1) == 0);
    BOOST_TEST(value_at(ct::leaky_relu, -1) == -0.2, near);
    static_assert(std::is_same_v<decltype(ct::relu(x)), decltype(f(x))> == false);
}

BOOST_AUTO_TEST_CASE(slopes_at_kinks_are_those_of_tensorflow) {
    BOOST_TEST(slope_at(ct::relu, 0) == 0);
    BOOST_TEST(slope_at(ct::relu6, 0) == 0);
    BOOST_TEST(slope_at(ct::relu6, 6) == 0);
    BOOST_TEST(slope_at(ct::relu6, 3) == 1);
    BOOST_TEST(slope_at(ct::leaky_relu, 0) == 0.2);
    BOOST_TEST(slope_at(ct::relu(ct::negative_slope = 0.3_c), 0) == 0.3);
    BOOST_TEST(slope_at(ct::relu(ct::max_value = 2_c), 2) == 1);
    BOOST_TEST(slope_at(ct::elu, 0) == 1);
    BOOST_TEST(slope_at(ct::selu, 0) == 1.0507009873554805, near);
    BOOST_TEST(slope_at(ct::selu, -1) == 0.6467686030348142, near);
    BOOST_TEST(slope_at(ct::hard_tanh, 1) == 1);
}

BOOST_AUTO_TEST_CASE(branches_not_taken_do_no_harm) {
    for (auto far : {-800.0, 800.0}) {
        BOOST_TEST(std::isfinite(value_at(ct::elu, far)));
        BOOST_TEST(std::isfinite(slope_at(ct::elu, far)));
        BOOST_TEST(std::isfinite(slope_at(ct::selu, far)));
        BOOST_TEST(std::isfinite(slope_at(ct::mish, far)));
        BOOST_TEST(std::isfinite(slope_at(ct::log_sigmoid, far)));
    }
}

BOOST_AUTO_TEST_CASE(values_of_smooth_ones) {
    BOOST_TEST(value_at(ct::gelu, 1) == 0.8413447460685429, near);
    BOOST_TEST(value_at(ct::gelu(ct::approximate), 1) == 0.8411919906082768, near);
    BOOST_TEST(value_at(ct::silu, 1) == 0.7310585786300049, near);
    BOOST_TEST(value_at(ct::mish, 1) == 0.8650983882673103, near);
    BOOST_TEST(value_at(ct::celu(ct::alpha = 2_c), -1) == -0.7869386805747332, near);
    BOOST_TEST(value_at(ct::squareplus, 0) == 1, near);
    BOOST_TEST(value_at(ct::hard_silu, 1) == 2.0 / 3, near);
    BOOST_TEST(value_at(ct::soft_shrink, -3) == -2.5, near);
    BOOST_TEST(value_at(ct::hard_shrink, 0.5) == 0);
    BOOST_TEST(value_at(ct::tanh_shrink, 1) == 1 - std::tanh(1.0), near);
    BOOST_TEST(value_at(ct::softsign, -3) == -0.75, near);
    BOOST_TEST(value_at(ct::sparse_plus, 0) == 0.25, near);
    BOOST_TEST(value_at(ct::sparse_sigmoid, 0.5) == 0.75, near);
    BOOST_TEST(value_at([](auto z) { return ct::threshold(z, 1_c, 7_c); }, 1) == 7);
}

BOOST_AUTO_TEST_CASE(sparsemax_is_the_nearest_distribution) {
    constexpr std::array<double, 8> given{0.5, 0.1, 0.4, -2, 3, 1, 1, 1};
    const auto p = ct::evaluate(ct::sparsemax(rows), rows = given);
    BOOST_TEST(p[0] + p[1] + p[2] == 1, near);
    BOOST_TEST(p[3] == 0);
    BOOST_TEST(p[4] == 1, near);
    const auto columns = ct::evaluate(ct::sparsemax(rows, ct::axis<0>), rows = given);
    BOOST_TEST(columns[0] == 0);
    BOOST_TEST(columns[1] == 0.05, near);
    BOOST_TEST(columns[5] == 0.95, near);
}

BOOST_AUTO_TEST_CASE(glu_halves_an_axis) {
    static_assert(ct::glu(rows).shape() == ct::shape(2, 2));
    static_assert(ct::glu(rows, ct::axis<0>).shape() == ct::shape(1, 4));
    const auto y = ct::evaluate(ct::glu(rows), rows = std::array<double, 8>{1, 2, 0, 0, 3, 4, 0, 0});
    BOOST_TEST(y[3] == 2, near);
}

BOOST_AUTO_TEST_SUITE_END()
