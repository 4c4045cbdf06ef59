// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/function.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto a = ct::placeholder<"a", float, N>;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto wide = ct::placeholder<"wide", float, 2, N>;
const std::vector<float> nothing;

template <class E, class... B>
auto value(E e, const B&... arguments) {
    return ct::function{e}(arguments...);
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(reduction_of_nothing_is_the_neutral_element) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    BOOST_TEST(value(ct::reduce_sum(a), a = nothing) == 0);
    BOOST_TEST(value(ct::reduce_prod(a), a = nothing) == 1);
    BOOST_TEST(value(ct::reduce_max(a), a = nothing) == -infinity);
    BOOST_TEST(value(ct::reduce_min(a), a = nothing) == infinity);
    BOOST_TEST(value(ct::reduce_logsumexp(a), a = nothing) == -infinity);
    BOOST_TEST(std::isnan(value(ct::reduce_mean(a), a = nothing)));
    for (float sum : value(ct::reduce_sum(x, ct::axis<0>), x = nothing)) BOOST_TEST(sum == 0);
    for (float sum : value(ct::reduce_sum(wide, ct::axis<1>), wide = nothing)) BOOST_TEST(sum == 0);
    for (float largest : value(ct::reduce_max(wide, ct::axis<1>), wide = nothing)) BOOST_TEST(largest == -infinity);
}

BOOST_AUTO_TEST_CASE(product_over_nothing_is_zero) {
    for (float p : value(ct::matmul(ct::transpose(x), x), x = nothing)) BOOST_TEST(p == 0);
    for (float p : value(ct::matmul(wide, ct::transpose(wide)), wide = nothing)) BOOST_TEST(p == 0);
    BOOST_TEST(value(ct::matmul(x, ct::transpose(x)), x = nothing).size() == 0U);
    BOOST_TEST(value(ct::dot(a, a), a = nothing) == 0);
}

BOOST_AUTO_TEST_CASE(rows_of_nothing_are_nothing) {
    BOOST_TEST(value(ct::softmax(x), x = nothing).size() == 0U);
    BOOST_TEST(value(ct::softmax(wide), wide = nothing).size() == 0U);
    BOOST_TEST(value(ct::transpose(x) * 2_c, x = nothing).size() == 0U);
    BOOST_TEST(value(ct::argmax(x, ct::axis<1>), x = nothing).size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
