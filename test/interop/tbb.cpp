// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/tbb.hpp>

#include "same_on_threads.hpp"

BOOST_AUTO_TEST_SUITE(interop)

BOOST_AUTO_TEST_CASE(tbb_trains_as_one_thread_does) {
    for (int threads : {1, 2, 4})
        tbb::task_arena(threads).execute([threads] { ctgrad::test::check_like_serial(ctgrad::tbb_executor{}, threads); });
}

BOOST_AUTO_TEST_SUITE_END()
