// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/gauss_newton.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto q = ct::variable<"q", double, 3>;

template <int I>
constexpr auto parameter = ct::squeeze(ct::slice(q, ct::begin<I>, ct::size<1>), ct::axis<0>);

constexpr auto residuals = parameter<0> * ct::exp(-parameter<1> * t) + parameter<2> - y;
constexpr auto normal = ct::gauss_newton(residuals, q);

} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(normal_equations_are_sums_over_the_residuals) {
    static_assert(normal.matrix.shape() == ct::shape(3, 3) && normal.vector.shape() == ct::shape(3));
    constexpr ct::function f{normal.matrix, normal.vector, ct::jacobian(residuals, q)[q], residuals};
    const std::array<double, 3> start{2.5, 1.3, 0.5};
    for (std::size_t n : {1u, 7u, 50u}) {
        std::vector<double> times(n), values(n);
        for (std::size_t i = 0; i < n; ++i) {
            times[i] = 0.1 * static_cast<double>(i);
            values[i] = std::cos(times[i]);
        }
        const auto [matrix, vector, jacobian, r] = f(t = times, y = values, q = start);
        for (std::size_t i = 0; i < 3; ++i) {
            double slope = 0;
            for (std::size_t k = 0; k < n; ++k) slope += jacobian.data()[3 * k + i] * r[k];
            BOOST_TEST(vector[i] == slope, boost::test_tools::tolerance(1e-12));
            for (std::size_t j = 0; j < 3; ++j) {
                double sum = 0;
                for (std::size_t k = 0; k < n; ++k) sum += jacobian.data()[3 * k + i] * jacobian.data()[3 * k + j];
                BOOST_TEST(matrix.data()[3 * i + j] == sum, boost::test_tools::tolerance(1e-12));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_jacobian_of_normal_equations_is_not_stored) {
    const std::string plan = ct::explain(ct::function{normal.matrix, normal.vector});
    const std::size_t workspace = plan.find("workspace: ");
    BOOST_TEST(plan.substr(workspace, plan.find('\n', workspace) - workspace).find('N') == std::string::npos);
    std::size_t loops = 0;
    for (std::size_t at = plan.find("loop over [N]"); at != std::string::npos; at = plan.find("loop over [N]", at + 1)) ++loops;
    BOOST_TEST(loops == 1u);
}

BOOST_AUTO_TEST_CASE(residuals_that_are_numbers_have_normal_equations) {
    constexpr auto single = parameter<0> * parameter<1> - 3_c;
    constexpr auto equations = ct::gauss_newton(single, q);
    const auto [matrix, vector] = ct::function{equations.matrix, equations.vector}(q = std::array{2.0, 5.0, 7.0});
    const double right[]{25, 10, 0, 10, 4, 0, 0, 0, 0};
    for (int i = 0; i < 9; ++i) BOOST_TEST(matrix.data()[i] == right[i]);
    BOOST_TEST(vector[0] == 35.0);
    BOOST_TEST(vector[1] == 14.0);
    BOOST_TEST(vector[2] == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
