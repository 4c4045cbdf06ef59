// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/kernel/lanes.hpp>

#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <vector>

// A cast to int32 has a value for every number, the same in generated code and in the interpreter.

namespace ct = ctgrad;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto z = ct::placeholder<"z", double, N>;

template <class T>
std::vector<T> numbers() {
    constexpr T inf = std::numeric_limits<T>::infinity();
    std::vector<T> all{0,
                       T(-0.0),
                       T(1.9),
                       T(-1.9),
                       T(2147483520),
                       T(2147483648.0),
                       T(-2147483648.0),
                       T(-2147483904.0),
                       T(1e20),
                       T(-1e20),
                       inf,
                       -inf,
                       std::numeric_limits<T>::quiet_NaN(),
                       std::numeric_limits<T>::denorm_min()};
    const std::size_t count = all.size();
    for (std::size_t i = 0; i < 2 * count; ++i) all.push_back(all[i % count]); // whole vectors and a rest
    return all;
}

template <class Leaf, class T>
void check(Leaf leaf, const std::vector<T>& data) {
    const auto found = ct::function{ct::cast<std::int32_t>(leaf)}(leaf = data);
    const ct::value_list expected = ct::evaluate(ct::cast<std::int32_t>(leaf), leaf = data);
    for (std::size_t i = 0; i < data.size(); ++i) BOOST_TEST(double(found[i]) == expected[static_cast<int>(i)], "of " << data[i]);
    BOOST_TEST(found[4] == 2147483520);
    BOOST_TEST(found[5] == 2147483647);
    BOOST_TEST(found[7] == std::numeric_limits<std::int32_t>::min());
    BOOST_TEST(found[12] == 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(a_cast_to_int_saturates_and_nan_is_0) {
    check(x, numbers<float>());
    check(z, numbers<double>());
}

BOOST_AUTO_TEST_SUITE_END()
