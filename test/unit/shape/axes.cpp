// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/shape/axes.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using ct::shape, ct::fault;

namespace {
constexpr auto N = ct::dim<"N">;
} // namespace

BOOST_AUTO_TEST_SUITE(shape_layer)

BOOST_AUTO_TEST_CASE(negative_axes_count_from_the_end) {
    static_assert(ct::resolve({1, {-1}}, 3).bits == 4);
    static_assert(ct::resolve({2, {0, -2}}, 3).bits == 3);
}

BOOST_AUTO_TEST_CASE(no_axis_means_all) {
    static_assert(ct::resolve({}, 3).bits == 7);
    static_assert(ct::resolve({}, 0).bits == 0);
}

BOOST_AUTO_TEST_CASE(axes_are_in_range_and_distinct) {
    static_assert(ct::resolve({1, {3}}, 3).found == fault::axis_must_be_in_range);
    static_assert(ct::resolve({1, {-4}}, 3).found == fault::axis_must_be_in_range);
    static_assert(ct::resolve({2, {1, -2}}, 3).found == fault::axes_must_be_distinct);
    static_assert(ct::resolve({1, {0}}, 0).found == fault::axis_must_be_in_range);
}

BOOST_AUTO_TEST_CASE(a_reduced_axis_vanishes_or_stays_with_extent_1) {
    static_assert(ct::reduced(shape(N, 3, 4), {5}) == shape(3));
    static_assert(ct::reduced(shape(N, 3, 4), {5}, true) == shape(1, 3, 1));
    static_assert(ct::reduced(shape(N, 3), {3}) == shape());
}

BOOST_AUTO_TEST_SUITE_END()
