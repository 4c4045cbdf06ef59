// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/transform/variables_of.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <type_traits>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto x = ct::placeholder<"x", double, 2>;
constexpr auto a = ct::variable<"a", double>;
constexpr auto b = ct::variable<"b", double>;
constexpr auto c = ct::variable<"c", double>;
constexpr auto loss = ct::reduce_sum(x * a + b);
constexpr auto grads = ct::gradient(loss, ct::variables_of(loss));

template <class Tuple, class... V>
constexpr bool holds = std::is_same_v<Tuple, boost::hana::tuple<std::remove_const_t<V>...>>;

} // namespace

BOOST_AUTO_TEST_SUITE(transform_variables_of)

BOOST_AUTO_TEST_CASE(variables_come_once_and_data_do_not) {
    static_assert(holds<decltype(ct::variables_of(loss, b * c, loss)), decltype(a), decltype(b), decltype(c)>);
    static_assert(holds<decltype(ct::variables_of(a)), decltype(a)>);
    static_assert(holds<decltype(ct::variables_of(x))>);
}

BOOST_AUTO_TEST_CASE(gradients_of_a_tuple_are_those_of_its_variables) {
    constexpr std::array data{2.0, 3.0};
    BOOST_TEST(ct::evaluate(grads[a], x = data)[0] == 5.0);
    BOOST_TEST(ct::evaluate(grads[b], x = data)[0] == 2.0);
}

BOOST_AUTO_TEST_CASE(mapped_gradients_stay_with_their_variables) {
    constexpr std::array data{2.0, 3.0};
    constexpr auto halves = ct::map(grads, [](auto gradient) { return gradient * 0.5_c; });
    BOOST_TEST(ct::evaluate(halves[a], x = data)[0] == 2.5);
    ct::trainer train{ct::apply_gradients(ct::gradient_descent(1_c), halves)};
    train(x = data);
    BOOST_TEST(train[a][0] == -2.5);
    BOOST_TEST(train[b][0] == -1.0);
}

BOOST_AUTO_TEST_SUITE_END()
