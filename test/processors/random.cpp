// SPDX-License-Identifier: BSL-1.0
#include "random_test.hpp"

BOOST_AUTO_TEST_SUITE(processors)

BOOST_AUTO_TEST_CASE(outputs_mean_what_the_interpreter_says) {
    random_test::compare_all<0>(std::make_integer_sequence<std::uint64_t, 4>{});
}

BOOST_AUTO_TEST_CASE(updates_mean_what_the_interpreter_says) {
    random_test::compare_all<random_test::first_with_updates>(std::make_integer_sequence<std::uint64_t, 4>{});
}

BOOST_AUTO_TEST_SUITE_END()
