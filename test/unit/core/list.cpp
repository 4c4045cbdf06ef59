// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/core/list.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>

namespace ct = ctgrad;

namespace {

constexpr int sum_of_pushed(int count) {
    ct::list<int> numbers;
    for (int i = 1; i <= count; ++i) numbers.push_back(i);
    int sum = 0;
    for (int n : numbers) sum += n;
    return sum;
}

constexpr bool copies_are_apart() {
    ct::list<int> a(3, 7);
    ct::list<int> b = a;
    b[1] = 8;
    ct::list<int> c;
    c = std::move(b);
    return a[1] == 7 && c[1] == 8 && c.size() == 3 && b.empty() && c.contains(8) && !a.contains(8);
}

} // namespace

BOOST_AUTO_TEST_SUITE(core)

BOOST_AUTO_TEST_CASE(a_list_grows_in_constant_evaluation) { static_assert(sum_of_pushed(100) == 5050); }

BOOST_AUTO_TEST_CASE(copies_of_a_list_are_apart) { static_assert(copies_are_apart()); }

BOOST_AUTO_TEST_SUITE_END()
