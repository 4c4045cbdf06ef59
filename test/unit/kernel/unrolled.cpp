// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/unrolled.hpp>

#include <boost/test/unit_test.hpp>

#include <type_traits>

namespace ct = ctgrad;

BOOST_AUTO_TEST_SUITE(kernel_unrolled)

BOOST_AUTO_TEST_CASE(numbers_count_up) {
    using ct::detail::index_pack, ct::detail::up_to;
    static_assert(std::is_same_v<std::remove_const_t<decltype(up_to<3>)>, index_pack<0, 1, 2>>);
    static_assert(std::is_same_v<std::remove_const_t<decltype(up_to<0>)>, index_pack<>>);
    int seen = 0;
    ct::detail::unrolled(up_to<4>, [&]<int I>() { seen = 10 * seen + I; });
    BOOST_TEST(seen == 123);
}

BOOST_AUTO_TEST_CASE(numbers_are_chosen_in_order) {
    using ct::detail::chosen_numbers, ct::detail::index_pack;
    static_assert(std::is_same_v<chosen_numbers<index_pack<0, 1, 2, 3>, true, false, false, true>, index_pack<0, 3>>);
    static_assert(std::is_same_v<chosen_numbers<index_pack<4, 2>, true, true>, index_pack<4, 2>>);
    static_assert(std::is_same_v<chosen_numbers<index_pack<0, 1>, false, false>, index_pack<>>);
    static_assert(std::is_same_v<chosen_numbers<index_pack<>>, index_pack<>>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
