// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/layers.hpp>

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/train.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto images = ct::placeholder<"images", float, N, 4, 2>;

/// The names of the leaves of `E`, one behind the other.
template <class E>
std::string leaves(E) {
    std::string names;
    for (int i = 0; i < E::root().leaf_count(); ++i) names.append(E::root().leaf(i).name->text).append(" ");
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(dense_is_a_product_and_a_bias_under_the_activation) {
    constexpr auto W = ct::variable<"dense/kernel", float, 4, 3>;
    constexpr auto b = ct::variable<"dense/bias", float, 3>;
    constexpr auto layer = ct::dense<3>(ct::relu);
    static_assert(std::is_same_v<decltype(layer(x)), decltype(ct::relu(ct::matmul(x, W) + b))>);
    constexpr auto named = ct::dense<3>(ct::activation = ct::relu, ct::use_bias<false>, ct::name<"hidden">);
    constexpr auto V = ct::variable<"hidden/kernel", float, 4, 3>;
    static_assert(std::is_same_v<decltype(named(x)), decltype(ct::relu(ct::matmul(x, V)))>);
}

BOOST_AUTO_TEST_CASE(layers_are_numbered_by_their_kind) {
    constexpr auto model =
        ct::sequential(ct::dense<3>(ct::relu), ct::dense<3>(ct::name<"middle">), ct::dense<3>(), ct::activation(ct::softmax));
    BOOST_TEST(leaves(model(x)) == "x dense/kernel dense/bias middle/kernel middle/bias dense_1/kernel dense_1/bias ");
}

BOOST_AUTO_TEST_CASE(names_of_inner_models_come_first) {
    constexpr auto inner = ct::sequential(ct::dense<3>(), ct::dense<2>());
    constexpr auto model = ct::sequential(ct::input<4>, inner, ct::dense<1>());
    BOOST_TEST(
        leaves(model(x)) ==
        "x sequential/dense/kernel sequential/dense/bias sequential/dense_1/kernel sequential/dense_1/bias dense/kernel dense/bias ");
    constexpr auto named = ct::sequential(ct::input<4>, ct::dense<1>(), ct::name<"judge">);
    BOOST_TEST(leaves(named(x)) == "x judge/dense/kernel judge/dense/bias ");
}

BOOST_AUTO_TEST_CASE(any_callable_is_a_layer) {
    constexpr auto twice = [](auto y) { return y + y; };
    constexpr auto model = ct::sequential(ct::input<4>, twice, ct::tanh);
    static_assert(std::is_same_v<decltype(model(x)), decltype(ct::tanh(x + x))>);
}

BOOST_AUTO_TEST_CASE(flatten_keeps_the_first_axis) {
    static_assert(ct::flatten()(images).shape() == ct::shape(N, 8));
    static_assert(ct::flatten()(ct::placeholder<"p", float, N>).shape() == ct::shape(N, 1));
}

/// A layer that takes part in the numbering.
template <ct::fixed_string Path = "">
struct shifted {
    static constexpr ct::fixed_string kind = "shifted";
    static constexpr ct::fixed_string name = Path;
    template <ct::fixed_string Other>
    constexpr shifted<Other> named() const {
        return {};
    }
    constexpr auto operator()(auto y) const { return y + ct::variable<Path + "/by", float>; }
};

BOOST_AUTO_TEST_CASE(own_layers_can_be_numbered_too) {
    constexpr auto model = ct::sequential(shifted{}, ct::dense<4>(), shifted{}, shifted<"last">{});
    BOOST_TEST(leaves(model(x)) == "x shifted/by dense/kernel dense/bias shifted_1/by last/by ");
}

BOOST_AUTO_TEST_CASE(reshape_is_a_layer) {
    constexpr auto model = ct::sequential(ct::reshape(ct::dims<2, 2>), ct::reshape(ct::dims<-1>), ct::dense<3>());
    static_assert(model(x).shape() == ct::shape(N, 3));
}

BOOST_AUTO_TEST_CASE(initial_values_depend_on_seed_and_name) {
    constexpr auto model = ct::sequential(ct::input<4>, ct::dense<4>(ct::relu), ct::dense<4>(ct::bias_initializer = ct::ones()));
    constexpr auto loss = ct::reduce_mean(model(x, ct::training));
    constexpr auto first = ct::variable<"dense/kernel", float, 4, 4>;
    constexpr auto second = ct::variable<"dense_1/kernel", float, 4, 4>;
    ct::trainer one{ct::minimize(loss, ct::sgd()), model.initial_values(1)};
    ct::trainer same{ct::minimize(loss, ct::sgd()), model.initial_values(1)};
    ct::trainer other{ct::minimize(loss, ct::sgd()), model.initial_values(2)};
    BOOST_TEST(one[first] == same[first], boost::test_tools::per_element());
    BOOST_TEST(one[first][0] != one[second][0]);
    BOOST_TEST(one[first][0] != other[first][0]);
    BOOST_TEST((one[ct::variable<"dense/bias", float, 4>][0] == 0 && one[ct::variable<"dense_1/bias", float, 4>][3] == 1));
}

BOOST_AUTO_TEST_CASE(assignments_see_the_values_before_the_step) {
    constexpr auto w = ct::variable<"w", float>;
    constexpr auto last = ct::state<"last", float>;
    constexpr auto count = ct::state<"count", float>;
    ct::trainer train{ct::minimize(ct::square(w - 3_c), ct::gradient_descent(0.5_c), ct::assign(last, w), ct::assign(count, count + 1_c))};
    train();
    BOOST_TEST((train[w][0] == 3 && train[last][0] == 0 && train[count][0] == 1));
    train();
    BOOST_TEST((train[last][0] == 3 && train[count][0] == 2));
    ct::trainer applied{ct::apply_gradients(ct::gradient_descent(0.5_c), ct::gradient(ct::square(w - 3_c), w), ct::assign(last, 7_c))};
    applied();
    BOOST_TEST((applied[w][0] == 3 && applied[last][0] == 7));
}

BOOST_AUTO_TEST_CASE(variables_can_be_exchanged) {
    constexpr auto w = ct::variable<"w", float, 2>;
    constexpr auto a = ct::state<"a", float, 2, 3>;
    constexpr auto b = ct::state<"b", float, 2, 3>;
    constexpr auto c = ct::state<"c", float, 3, 2>;
    std::array<float, 6> one{1, 2, 3, 4, 5, 6}, two{7, 8, 9, 10, 11, 12};
    constexpr auto step = ct::minimize(ct::reduce_sum(w), ct::gradient_descent(0_c), ct::assign(a, b), ct::assign(b, a),
                                       boost::hana::make_tuple(ct::assign(c, ct::transpose(a))));
    ct::trainer train{step, a = one, b = two};
    train();
    const std::array<float, 6> turned{1, 4, 2, 5, 3, 6};
    BOOST_TEST(train[a] == two, boost::test_tools::per_element());
    BOOST_TEST(train[b] == one, boost::test_tools::per_element());
    BOOST_TEST(train[c] == turned, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
