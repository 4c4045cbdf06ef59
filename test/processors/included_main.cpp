// SPDX-License-Identifier: BSL-1.0

// The entry of a test executable where there is no library of Boost.Test to link with.
#define BOOST_TEST_MODULE ctgrad
#include <boost/test/included/unit_test.hpp>
