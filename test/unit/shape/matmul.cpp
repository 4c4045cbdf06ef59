// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/shape/matmul.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using ct::shape, ct::fault;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
} // namespace

BOOST_AUTO_TEST_SUITE(shape_layer)

BOOST_AUTO_TEST_CASE(inner_dimensions_vanish) {
    static_assert(ct::matmul_shape(shape(N, 784), shape(784, 10)).shape == shape(N, 10));
    static_assert(ct::matmul_shape(shape(M, N), shape(N, M)).shape == shape(M, M));
    static_assert(ct::matmul_shape(shape(N, 2, 3), shape(N, 3, 4)).shape == shape(N, 2, 4));
}

BOOST_AUTO_TEST_CASE(inner_dimensions_match) {
    static_assert(ct::matmul_shape(shape(N, 3), shape(4, 2)).found == fault::matmul_inner_dimensions_must_match);
    static_assert(ct::matmul_shape(shape(3, N), shape(M, 3)).found == fault::matmul_inner_dimensions_must_match);
}

BOOST_AUTO_TEST_CASE(operands_are_matrices) {
    static_assert(ct::matmul_shape(shape(3), shape(3, 2)).found == fault::matmul_operands_must_be_matrices);
    static_assert(ct::matmul_shape(shape(2, 3), shape(3)).found == fault::matmul_operands_must_be_matrices);
}

BOOST_AUTO_TEST_CASE(batch_dimensions_are_the_same) {
    static_assert(ct::matmul_shape(shape(N, 2, 3), shape(M, 3, 4)).found == fault::batch_dimensions_must_match);
    static_assert(ct::matmul_shape(shape(N, 2, 3), shape(3, 4)).found == fault::batch_dimensions_must_match);
}

BOOST_AUTO_TEST_CASE(sizes_are_the_same_whatever_the_names_are_bound_to) {
    static_assert(ct::same_size(shape(N, 6), shape(2, N, 3)));
    static_assert(ct::same_size(shape(N, M), shape(M, 1, N)));
    static_assert(!ct::same_size(shape(N, 6), shape(6)));
    static_assert(!ct::same_size(shape(N, N), shape(N, M)));
    static_assert(!ct::same_size(shape(2, 3), shape(7)));
}

BOOST_AUTO_TEST_SUITE_END()
