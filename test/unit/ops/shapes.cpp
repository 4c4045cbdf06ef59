// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ops.hpp>

#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;
using ct::axis, ct::shape;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 6>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;

template <class E, class... Bindings>
std::vector<double> values(E e, const Bindings&... bindings) {
    const auto found = ct::evaluate(e, bindings...);
    return {found.begin(), found.end()};
}
} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(a_sum_over_all_axes_is_a_scalar) {
    static_assert(ct::reduce_sum(x).shape() == shape());
    static_assert(ct::reduce_sum(x, axis<0>).shape() == shape(6));
    static_assert(ct::reduce_mean(x, axis<-1>, ct::keepdims).shape() == shape(N, 1));
    static_assert(ct::reduce_logsumexp(x, axis<1>).shape() == shape(N));
    static_assert(ct::argmax(x, axis<1>).shape() == shape(N) && ct::argmax(x).shape() == shape(6));
}

BOOST_AUTO_TEST_CASE(reshape_finds_what_remains) {
    static_assert(ct::reshape(x, ct::dims<N, 2, -1>).shape() == shape(N, 2, 3));
    static_assert(ct::reshape(x, ct::dims<-1, 6>).shape() == shape(N, 6));
    static_assert(ct::reshape(x, ct::dims<2, -1, 3>).shape() == shape(2, N, 3));
}

BOOST_AUTO_TEST_CASE(axes_are_permuted_added_and_dropped) {
    static_assert(ct::transpose(x).shape() == shape(6, N));
    static_assert(ct::transpose(ct::expand_dims(x, axis<0>), ct::permutation<1, 2, 0>).shape() == shape(N, 6, 1));
    static_assert(ct::expand_dims(x, axis<-1>).shape() == shape(N, 6, 1));
    static_assert(ct::squeeze(ct::expand_dims(x, axis<1>)).shape() == shape(N, 6));
    static_assert(ct::slice(x, ct::begin<0, 2>, ct::size<-1, 3>).shape() == shape(N, 3));
    static_assert(ct::concat(x, x, axis<1>).shape() == ct::concat(axis<1>, x, x).shape());
    static_assert(ct::concat(axis<1>, x, x, ct::slice(x, ct::begin<0, 0>, ct::size<-1, 1>)).shape() == shape(N, 13));
}

BOOST_AUTO_TEST_CASE(a_matrix_product_transposes_and_repeats_over_a_batch) {
    constexpr auto a = ct::placeholder<"a", float, 5, N, 6>;
    static_assert(ct::matmul(x, x, ct::transpose_b).shape() == shape(N, N));
    static_assert(ct::matmul(x, x, ct::transpose_a).shape() == shape(6, 6));
    static_assert(ct::matmul(a, x, ct::transpose_b).shape() == shape(5, N, N));
}

BOOST_AUTO_TEST_CASE(rows_are_gathered_by_class_numbers) {
    constexpr auto table = ct::variable<"table", double, 3, 2>;
    static_assert(ct::gather(table, k).shape() == shape(N, 2));
    BOOST_TEST(values(ct::gather(table, k), table = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, k = std::array{2, 0}) ==
                   (std::vector<double>{5, 6, 1, 2}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_hot_of_a_label_outside_is_all_zeros) {
    static_assert(ct::one_hot<float>(k, ct::depth<3>).shape() == shape(N, 3));
    BOOST_TEST(values(ct::one_hot<double>(k, ct::depth<3>), k = std::array{2, -1, 0}) == (std::vector<double>{0, 0, 1, 0, 0, 0, 1, 0, 0}),
               boost::test_tools::per_element());
    // the classes along the first axis: the same, transposed
    static_assert(ct::one_hot<float>(k, ct::depth<3>, ct::axis<0>).shape() == shape(3, N));
    static_assert(ct::one_hot<float>(k, ct::depth<3>, ct::axis<-1>).shape() == shape(N, 3));
    BOOST_TEST(values(ct::one_hot<double>(k, ct::depth<4>, ct::axis<0>), k = std::array{2, -1, 0}) ==
                   (std::vector<double>{0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(argmax_of_equals_is_the_first) {
    BOOST_TEST(values(ct::argmax(x, axis<1>), x = std::array{1.f, 3.f, 2.f, 3.f, 0.f, 0.f})[0] == 1);
}

BOOST_AUTO_TEST_CASE(logsumexp_does_not_overflow) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr auto z = ct::placeholder<"z", double, 2>;
    BOOST_TEST(values(ct::reduce_logsumexp(z), z = std::array{1000.0, 1000.0})[0] == 1000 + std::log(2.0));
    BOOST_TEST(values(ct::reduce_logsumexp(z), z = std::array{-infinity, -infinity})[0] == -infinity);
}

BOOST_AUTO_TEST_CASE(multiply_no_nan_is_0_where_the_second_is) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    static_assert(ct::evaluate(ct::multiply_no_nan(ct::scalar<"a", double>, ct::scalar<"b", double>), ct::scalar<"a", double> = infinity,
                               ct::scalar<"b", double> = 0.0)[0] == 0);
}

BOOST_AUTO_TEST_SUITE_END()
