// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/openmp.hpp>

#include "same_on_threads.hpp"

BOOST_AUTO_TEST_SUITE(interop)

BOOST_AUTO_TEST_CASE(openmp_trains_as_one_thread_does) {
    for (int threads : {1, 2, 4}) ctgrad::test::check_like_serial(ctgrad::openmp{threads}, threads);
}

BOOST_AUTO_TEST_CASE(openmp_takes_as_many_threads_as_it_may) {
    omp_set_num_threads(3);
    BOOST_TEST(ctgrad::openmp{}.concurrency() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
