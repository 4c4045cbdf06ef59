// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto S = ct::placeholder<"S", double, 2, 2>;
constexpr auto a = ct::variable<"a", double>;

} // namespace

BOOST_AUTO_TEST_SUITE(linalg_in_steps)

/// A covariance that is factored in each step; where it is none, the call throws.
BOOST_AUTO_TEST_CASE(a_step_that_fails) {
    constexpr auto last = ct::fold([](auto p) { return p - a * ct::matmul(ct::cholesky(p), p); }, S, ct::times<3>);
    constexpr auto loss = ct::reduce_sum(last);
    const ct::function f{loss, ct::gradient(loss, a)[a]};
    const std::array covariance{2.0, 0.5, 0.5, 1.0};
    const auto [value, slope] = f(S = covariance, a = 0.01);
    const auto at = [&](double rate) { return ct::evaluate(loss, S = covariance, a = rate)[0]; };
    BOOST_TEST(std::abs(value - at(0.01)) < 1e-12);
    BOOST_TEST(std::abs(slope - (at(0.01 + 1e-6) - at(0.01 - 1e-6)) / 2e-6) < 1e-6);
    const std::array wrong{1.0, 2.0, 2.0, 1.0};
    BOOST_CHECK_THROW(f(S = wrong, a = 0.01), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
