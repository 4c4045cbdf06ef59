// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/reciprocals.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;

/// Numbers from all over the range, with both signs.
template <class T>
std::vector<T> extremes() {
    using limits = std::numeric_limits<T>;
    std::vector<T> all{0, limits::infinity(), limits::quiet_NaN(), limits::denorm_min(), 3 * limits::denorm_min(), limits::max()};
    for (int e = limits::min_exponent - limits::digits + 2; e<limits::max_exponent; e += e> - 20 && e < 20 ? 3 : 7)
        for (const double m : {1.0, 1.1, 1.7, 1.9999}) all.push_back(std::ldexp(static_cast<T>(m), e));
    const std::size_t count = all.size();
    for (std::size_t i = 0; i < count; ++i) all.push_back(-all[i]);
    return all;
}

/// Whether `found` is the quotient `right`, up to two units in the last place.
template <class T>
bool is_quotient(T found, T right) {
    if (std::isnan(right)) return std::isnan(found);
    if (std::isinf(right) || right == 0) {
        // What is just inside or outside of the range may round to the other side.
        const T limit = std::isinf(right) ? std::numeric_limits<T>::max() : std::numeric_limits<T>::denorm_min();
        return found == right || (!std::isnan(found) && std::fabs(found) == limit);
    }
    const T near = std::nextafter(right, -std::numeric_limits<T>::infinity()),
            far = std::nextafter(right, std::numeric_limits<T>::infinity());
    return found == right || found == near || found == far;
}

template <class T>
void check_quotients() {
    constexpr auto x = ct::placeholder<"x", T, N>;
    constexpr auto s = ct::scalar<"s", T>;
    constexpr ct::function f{x / s};
    const std::vector<T> numbers = extremes<T>();
    for (const T by : numbers) {
        const auto quotients = f(x = numbers, s = by);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const T found = quotients[i];
            BOOST_TEST(is_quotient(found, numbers[i] / by), numbers[i] << " / " << by << " is " << found);
            if (numbers[i] / by == 0 && found == 0) BOOST_TEST(std::signbit(found) == std::signbit(numbers[i] / by));
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(a_reciprocal_is_finite_where_the_quotient_is) {
    check_quotients<double>();
    check_quotients<float>();
}

BOOST_AUTO_TEST_CASE(rows_are_divided_by_their_numbers) {
    constexpr auto x = ct::placeholder<"x", double, N, M>;
    constexpr auto s = ct::placeholder<"s", double, N>;
    constexpr ct::function f{x / ct::expand_dims(s, ct::axis<1>)};
    const std::vector<double> numbers = extremes<double>();
    const std::size_t columns = 19, rows = numbers.size() / columns;
    const std::vector<double> by(numbers.rbegin(), numbers.rbegin() + static_cast<std::ptrdiff_t>(rows));
    const auto quotients = f(x = ct::view(numbers.data(), rows, columns), s = by);
    for (std::size_t i = 0; i < rows * columns; ++i) {
        const double found = quotients.data()[i], right = numbers[i] / by[i / columns];
        BOOST_TEST(is_quotient(found, right), numbers[i] << " / " << by[i / columns] << " is " << found);
    }
}

BOOST_AUTO_TEST_CASE(short_rows_are_divided_as_they_are) {
    constexpr auto x = ct::placeholder<"x", float, N, 10>;
    constexpr auto s = ct::placeholder<"s", float, N>;
    const std::string shown = ct::explain(ct::function{x / ct::expand_dims(s, ct::axis<1>)});
    BOOST_TEST(shown.find("reciprocal") == std::string::npos);
    BOOST_TEST(std::string(ct::explain(ct::function{ct::square(x) / ct::cast<float>(ct::reduce_sum(s))})).find("reciprocal") ==
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
