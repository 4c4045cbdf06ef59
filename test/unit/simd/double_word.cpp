// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/double_word.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(double_word)

BOOST_AUTO_TEST_CASE(sums_and_products_keep_what_is_rounded_off) {
    std::mt19937_64 generator{3};
    std::uniform_real_distribution<double> uniform{-4, 4};
    for (int i = 0; i < 100'000; ++i) {
        const auto a = static_cast<float>(uniform(generator)), b = static_cast<float>(uniform(generator) / 1000);
        const auto product = lanes::detail::two_product(a, b);
        const auto sum = lanes::detail::two_sum(a, b);
        const double exact_product = static_cast<double>(a) * static_cast<double>(b);
        if (static_cast<double>(product.hi) + static_cast<double>(product.lo) != exact_product)
            BOOST_TEST(exact_product == 0, a << " * " << b);
        const double exact_sum = static_cast<double>(a) + static_cast<double>(b);
        if (static_cast<double>(sum.hi) + static_cast<double>(sum.lo) != exact_sum) BOOST_TEST(exact_sum == 0, a << " + " << b);
    }
}

BOOST_AUTO_TEST_CASE(constant_expressions_split_products_by_digits) {
    constexpr double x = 1 + 0x1p-30, y = 1 - 0x1p-30;
    static_assert(lanes::detail::two_product(x, y).hi == 1 && lanes::detail::two_product(x, y).lo == -0x1p-60);
    constexpr float u = 1 + 0x1p-20F;
    static_assert(lanes::detail::two_product(u, u).lo == 0x1p-40F);
    static_assert(lanes::detail::exact_fma(x, y, -1.0) == -0x1p-60);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
