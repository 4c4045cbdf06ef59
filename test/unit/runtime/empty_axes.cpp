// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/empty_axes.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto a = ct::placeholder<"a", float, N>;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto wide = ct::placeholder<"wide", float, 2, N>;
constexpr auto both = ct::placeholder<"both", float, N, M>;
constexpr auto picks = ct::placeholder<"picks", std::int32_t, M>;
const std::vector<float> nothing;

template <class E, class... B>
auto value(E e, const B&... arguments) {
    return ct::function{e}(arguments...);
}
template <class E, class Leaf>
bool refuses(E e, Leaf leaf) {
    try {
        value(e, leaf = nothing);
        return false;
    } catch (const ct::error&) {
        return true;
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(place_in_nothing_is_refused) {
    BOOST_TEST(refuses(ct::argmax(a), a));
    BOOST_TEST(refuses(ct::argmax(x), x));
    BOOST_TEST(refuses(ct::argmax(wide, ct::axis<1>), wide));
    BOOST_TEST(refuses(ct::argmax(2_c * wide, ct::axis<-1>), wide));
    BOOST_CHECK_THROW(ct::evaluate(ct::argmax(a), a = nothing), ct::error);
    BOOST_CHECK_THROW(ct::function{ct::argmax(a)}.bind(a = nothing), ct::error);
    constexpr auto place = ct::argmax(both, ct::axis<1>);
    BOOST_CHECK_THROW(value(place, both = ct::view(nothing.data(), 2, 0)), ct::error);
    BOOST_TEST(value(place, both = ct::view(nothing.data(), 0, 2)).size() == 0U);
}

BOOST_AUTO_TEST_CASE(row_of_an_empty_table_is_refused) {
    const std::vector<std::int32_t> one{0};
    BOOST_CHECK_THROW(value(ct::gather(x, picks), x = nothing, picks = one), ct::error);
    BOOST_CHECK_THROW(value(ct::gather(a, picks), a = nothing, picks = one), ct::error);
    const std::vector<std::int32_t> none;
    BOOST_TEST(value(ct::gather(x, picks), x = nothing, picks = none).size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
