// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/shape/broadcast.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using ct::shape, ct::fault;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;

constexpr bool becomes(const ct::tensor_shape& a, const ct::tensor_shape& b, const ct::tensor_shape& common) {
    const auto ab = ct::broadcast(a, b), ba = ct::broadcast(b, a);
    return ab.found == fault::none && ab.shape == common && ba.found == fault::none && ba.shape == common;
}
constexpr bool breaks(const ct::tensor_shape& a, const ct::tensor_shape& b, fault rule) {
    return ct::broadcast(a, b).found == rule && ct::broadcast(b, a).found == rule;
}
} // namespace

BOOST_AUTO_TEST_SUITE(shape_layer)

BOOST_AUTO_TEST_CASE(equal_shapes_stay) {
    static_assert(becomes(shape(N, 10), shape(N, 10), shape(N, 10)));
    static_assert(becomes(shape(), shape(), shape()));
}

BOOST_AUTO_TEST_CASE(one_side_expands) {
    static_assert(becomes(shape(N, 10), shape(10), shape(N, 10)));
    static_assert(becomes(shape(N, 10), shape(), shape(N, 10)));
    static_assert(becomes(shape(N, 10), shape(N, 1), shape(N, 10)));
    static_assert(becomes(shape(2, N, 10), shape(1, 10), shape(2, N, 10)));
    static_assert(becomes(shape(1), shape(1, 1), shape(1, 1)));
}

BOOST_AUTO_TEST_CASE(both_sides_may_not_expand) {
    static_assert(breaks(shape(N), shape(N, 1), fault::broadcast_must_expand_one_side));
    static_assert(breaks(shape(3, 1), shape(1, 3), fault::broadcast_must_expand_one_side));
    static_assert(breaks(shape(4), shape(2, 1), fault::broadcast_must_expand_one_side));
}

BOOST_AUTO_TEST_CASE(extents_are_equal_or_1) {
    static_assert(breaks(shape(N, 10), shape(N, 5), fault::shapes_must_broadcast));
    static_assert(breaks(shape(N), shape(M), fault::shapes_must_broadcast));
    static_assert(breaks(shape(N), shape(32), fault::shapes_must_broadcast));
}

BOOST_AUTO_TEST_CASE(broadcast_to_repeats_what_has_extent_1) {
    static_assert(ct::broadcastable_to(shape(3), shape(N, 3)));
    static_assert(ct::broadcastable_to(shape(1, 3), shape(N, 3)));
    static_assert(!ct::broadcastable_to(shape(N, 3), shape(3)));
    static_assert(!ct::broadcastable_to(shape(2), shape(N, 3)));
}

BOOST_AUTO_TEST_SUITE_END()
