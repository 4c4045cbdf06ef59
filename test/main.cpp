// SPDX-License-Identifier: BSL-1.0

// The entry of every test executable; the tests themselves only include <boost/test/unit_test.hpp>.
#define BOOST_TEST_MODULE ctgrad
#include <boost/test/unit_test.hpp>
