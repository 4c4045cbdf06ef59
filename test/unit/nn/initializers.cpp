// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/initializers.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace ct = ctgrad;

namespace {

template <class T = double, class I>
std::vector<T> filled(const I& initializer, const ct::tensor_shape& shape) {
    std::vector<T> elements(static_cast<std::size_t>(shape.static_size()));
    initializer.fill(std::span(elements), shape);
    return elements;
}

struct moments {
    double mean = 0, variance = 0, largest = 0;

    explicit moments(const std::vector<double>& of) {
        const auto n = static_cast<double>(of.size());
        for (double e : of) mean += e / n;
        for (double e : of) variance += (e - mean) * (e - mean) / n;
        for (double e : of) largest = std::max(largest, std::abs(e));
    }
};

const ct::tensor_shape big = ct::shape(100, 200);

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(initializers)

BOOST_AUTO_TEST_CASE(uniform_numbers_are_the_same_everywhere) {
    const std::vector<double> got = filled(ct::random_uniform{.minval = 0, .maxval = 1, .seed = 0}, ct::shape(3));
    BOOST_TEST(got[0] == static_cast<double>((0x6b200159ull >> 5) * (1ull << 26) + (0x99ba4efeull >> 6)) * 0x1p-53);
    BOOST_TEST((got[1] != got[0] && got[1] != got[2]));
}

BOOST_AUTO_TEST_CASE(numbers_depend_on_all_of_the_seed) {
    const auto one = filled(ct::random_normal{.seed = 1}, big);
    BOOST_TEST(one == filled(ct::random_normal{.seed = 1}, big), boost::test_tools::per_element());
    BOOST_TEST(one[0] != filled(ct::random_normal{.seed = 2}, big)[0]);
    BOOST_TEST(one[0] != filled(ct::random_normal{.seed = 1 + (1ull << 40)}, big)[0]);
}

BOOST_AUTO_TEST_CASE(normal_numbers_have_their_moments) {
    const moments of(filled(ct::random_normal{.mean = 1, .stddev = 2, .seed = 7}, big));
    BOOST_TEST((std::abs(of.mean - 1) < 0.05 && std::abs(std::sqrt(of.variance) - 2) < 0.05));
    const moments cut(filled(ct::truncated_normal{.stddev = 2, .seed = 7}, big));
    BOOST_TEST((cut.largest <= 4 && cut.largest > 3.9 && std::abs(std::sqrt(cut.variance) - 2 * 0.8796) < 0.03));
}

BOOST_AUTO_TEST_CASE(variances_are_those_of_the_fans) {
    const auto check = [](const auto& initializer, double variance, double largest) {
        const moments of(filled(initializer, big));
        BOOST_TEST(std::abs(of.mean) < 0.005);
        BOOST_TEST(std::abs(of.variance / variance - 1) < 0.03);
        BOOST_TEST((of.largest <= largest && of.largest > 0.98 * largest));
    };
    const double cut = 2 / 0.87962566103423978;
    check(ct::glorot_uniform{1}, 2.0 / 300, std::sqrt(6.0 / 300));
    check(ct::glorot_normal{2}, 2.0 / 300, cut * std::sqrt(2.0 / 300));
    check(ct::he_uniform{3}, 2.0 / 100, std::sqrt(6.0 / 100));
    check(ct::he_normal{4}, 2.0 / 100, cut * std::sqrt(2.0 / 100));
    check(ct::lecun_uniform{5}, 1.0 / 100, std::sqrt(3.0 / 100));
    check(ct::lecun_normal{6}, 1.0 / 100, cut * std::sqrt(1.0 / 100));
    check(ct::variance_scaling{.scale = 3, .mode = ct::fan_mode::fan_out, .distribution = ct::distribution::uniform}, 3.0 / 200,
          3 / std::sqrt(200.0));
}

BOOST_AUTO_TEST_CASE(orthogonal_columns_or_rows_are_orthonormal) {
    for (const ct::tensor_shape& shape : {ct::shape(7, 4), ct::shape(4, 7), ct::shape(5, 5), ct::shape(2, 3, 4)}) {
        const std::vector<double> a = filled(ct::orthogonal{.gain = 2, .seed = 3}, shape);
        const auto columns = static_cast<std::size_t>(shape[shape.rank - 1].extent), rows = a.size() / columns;
        const auto at = [&](std::size_t which, std::size_t i) { return rows < columns ? a[which * columns + i] : a[i * columns + which]; };
        for (std::size_t k = 0; k < std::min(rows, columns); ++k)
            for (std::size_t l = 0; l < std::min(rows, columns); ++l) {
                double product = 0;
                for (std::size_t i = 0; i < std::max(rows, columns); ++i) product += at(k, i) * at(l, i);
                BOOST_TEST(std::abs(product - (k == l ? 4 : 0)) < 1e-12);
            }
    }
}

BOOST_AUTO_TEST_CASE(identity_and_constants) {
    const std::vector<float> wanted{2, 0, 0, 0, 2, 0};
    BOOST_TEST(filled<float>(ct::identity{.gain = 2}, ct::shape(2, 3)) == wanted, boost::test_tools::per_element());
    BOOST_TEST((filled(ct::fill(3), ct::shape(2))[1] == 3 && filled(ct::ones(), ct::shape(1))[0] == 1 &&
                filled(ct::zeros(), ct::shape(1))[0] == 0));
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused) {
    BOOST_CHECK_THROW(filled(ct::random_normal{.stddev = -1}, big), ct::error);
    BOOST_CHECK_THROW(filled(ct::truncated_normal{.stddev = -1}, big), ct::error);
    BOOST_CHECK_THROW(filled(ct::random_uniform{.minval = 1, .maxval = 0}, big), ct::error);
    BOOST_CHECK_THROW(filled(ct::variance_scaling{.scale = 0}, big), ct::error);
    BOOST_CHECK_THROW(filled(ct::orthogonal{}, ct::shape(3)), ct::error);
    BOOST_CHECK_THROW(filled(ct::identity{}, ct::shape(3)), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
