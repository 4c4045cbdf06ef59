// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/layers/bidirectional.hpp>
#include <ctgrad/nn/layers/branches.hpp>
#include <ctgrad/nn/layers/lstm.hpp>
#include <ctgrad/nn/layers/masking.hpp>
#include <ctgrad/nn/layers/multi_head_attention.hpp>
#include <ctgrad/nn/layers/simple_rnn.hpp>
#include <ctgrad/nn/layers/time_distributed.hpp>

#include "golden.hpp"

#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3, 2>;
constexpr auto two = ct::placeholder<"two", double, 2, 3, 2>;
constexpr auto rows = ct::placeholder<"rows", double, N, 4>;
template <ct::fixed_string Name, int... D>
constexpr auto v = ct::variable<Name, double, D...>;

template <class E>
std::string leaves(E) {
    std::string names;
    for (int i = 0; i < E::root().leaf_count(); ++i) names.append(E::root().leaf(i).name->text).append(" ");
    return names;
}
template <class Values>
std::vector<double> listed(const Values& values) {
    return {values.begin(), values.end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(composed_layers)

BOOST_AUTO_TEST_CASE(both_directions_are_joined_at_each_step) {
    golden::check(golden::bidirectional_concat, ct::bidirectional(ct::lstm<2>(ct::return_sequences<true>))(x), x,
                  v<"bidirectional/forward_lstm/kernel", 2, 8>, v<"bidirectional/forward_lstm/recurrent_kernel", 2, 8>,
                  v<"bidirectional/forward_lstm/bias", 8>, v<"bidirectional/backward_lstm/kernel", 2, 8>,
                  v<"bidirectional/backward_lstm/recurrent_kernel", 2, 8>, v<"bidirectional/backward_lstm/bias", 8>);
}

BOOST_AUTO_TEST_CASE(directions_may_be_merged_otherwise) {
    constexpr auto layer = ct::bidirectional(ct::simple_rnn<2>(ct::name<"rnn">), ct::multiply).named<"both">();
    golden::check(golden::bidirectional_mul, layer(ct::masked{two, golden::steps > 0_c}), two, v<"both/forward_rnn/kernel", 2, 2>,
                  v<"both/forward_rnn/recurrent_kernel", 2, 2>, v<"both/forward_rnn/bias", 2>, v<"both/backward_rnn/kernel", 2, 2>,
                  v<"both/backward_rnn/recurrent_kernel", 2, 2>, v<"both/backward_rnn/bias", 2>);
}

BOOST_AUTO_TEST_CASE(steps_of_one_value_do_not_count) {
    constexpr auto made = ct::masking(7_c)(x);
    constexpr auto shown = ct::cast<double>(made.mask);
    static_assert(shown.shape() == ct::shape(N, 3));
    const std::vector<double> data{1, 2, 7, 7, 7, 0, 7, 7, 0, 0, 1, 7};
    BOOST_TEST(listed(ct::evaluate(shown, x = data)) == (std::vector<double>{1, 0, 1, 0, 1, 1}), boost::test_tools::per_element());
    BOOST_TEST(listed(ct::evaluate(made.value, x = data)) == (std::vector<double>{1, 2, 0, 0, 7, 0, 0, 0, 0, 0, 1, 7}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(masks_pass_layers_that_work_step_by_step) {
    constexpr auto model = ct::sequential(ct::masking(), ct::dense<2>(), ct::tanh, ct::dropout(0.5_c), ct::lstm<2>());
    constexpr auto y = model(two);
    static_assert(ct::detail::is_expr<std::remove_const_t<decltype(y)>> && y.shape() == ct::shape(2, 2));
    // A step that does not count has no influence: the gradient there is 0, although dense makes something else of zeros.
    constexpr auto g = ct::gradient(ct::reduce_sum(y), two)[two];
    ct::function f{g};
    std::vector<double> data(12, 0.5), kernel(4, 0.3), bias(2, 0.7), weights(16, 0.2);
    data[4] = data[5] = data[6] = data[7] = 0; // the last step of the first example, the first of the second
    const auto found = f(two = data, v<"dense/kernel", 2, 2> = kernel, v<"dense/bias", 2> = bias, v<"lstm/kernel", 2, 8> = weights,
                         v<"lstm/recurrent_kernel", 2, 8> = weights, v<"lstm/bias", 8> = std::vector<double>(8, 0.1));
    for (std::size_t i = 0; i < 12; ++i) BOOST_TEST((found.data()[i] == 0) == (i >= 4 && i < 8));
}

BOOST_AUTO_TEST_CASE(class_0_of_an_embedding_may_be_no_step) {
    constexpr auto words = ct::placeholder<"words", std::int32_t, N, 3>;
    constexpr auto made = ct::embedding<5, 2>(ct::mask_zero<true>)(words);
    static_assert(made.value.shape() == ct::shape(N, 3, 2));
    const std::vector<std::int32_t> data{3, 0, 1};
    BOOST_TEST(listed(ct::evaluate(ct::cast<double>(made.mask), words = data)) == (std::vector<double>{1, 0, 1}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_layer_of_each_step) {
    constexpr auto each = ct::time_distributed(ct::sequential(ct::flatten(), ct::dense<3>()));
    constexpr auto W = v<"time_distributed/sequential/dense/kernel", 2, 3>;
    constexpr auto b = v<"time_distributed/sequential/dense/bias", 3>;
    constexpr auto y = each(x);
    static_assert(y.shape() == ct::shape(N, 3, 3));
    const auto given = golden::numbers(1, 12), kernel = golden::numbers(2, 6), bias = golden::numbers(3, 3);
    golden::check_close(listed(ct::function{y}(x = given, W = kernel, b = bias)),
                        listed(ct::evaluate(ct::matmul(x, W) + b, x = given, W = kernel, b = bias)));
    constexpr auto images = ct::placeholder<"images", double, N, 3, 4, 5, 2>;
    static_assert(ct::time_distributed(ct::flatten())(images).shape() == ct::shape(N, 3, 40));
    constexpr auto dense = ct::time_distributed(ct::dense<3>())(x);
    static_assert(std::is_same_v<std::remove_const_t<decltype(dense)>, decltype(ct::dense<3>(ct::name<"time_distributed/dense">)(x))>);
}

BOOST_AUTO_TEST_CASE(layers_say_what_they_read) {
    using mask = decltype(ct::masked{x, golden::steps > 0_c});
    static_assert(ct::reads_input<decltype(ct::lstm<2>()), decltype(x)> && !ct::reads_input<decltype(ct::lstm<2>()), decltype(rows)>);
    static_assert(ct::reads_input<decltype(ct::lstm<2>()), mask> && ct::reads_input<decltype(ct::dense<2>()), mask>);
    static_assert(!ct::reads_input<decltype(ct::flatten()), mask> && !ct::reads_input<decltype(ct::batch_normalization()), mask>);
    static_assert(!ct::reads_input<decltype(ct::dense<2>()), std::tuple<decltype(x), decltype(x)>>);
    static_assert(!ct::reads_input<decltype(ct::multi_head_attention<2, 2>()), std::tuple<mask, mask>>);
    static_assert(ct::reads_input<decltype(ct::multi_head_attention<2, 2>()), std::tuple<decltype(x), decltype(x)>>);
}

BOOST_AUTO_TEST_CASE(branches_are_named_and_merged) {
    constexpr auto model = ct::sequential(ct::branches(ct::dense<3>(), ct::linear, ct::dense<1>()), ct::concatenate(), ct::dense<2>());
    static_assert(model(rows).shape() == ct::shape(N, 2));
    BOOST_TEST(leaves(model(rows)) == "rows branches/dense/kernel branches/dense/bias branches/dense_1/kernel branches/dense_1/bias "
                                      "dense/kernel dense/bias ");
    constexpr auto sum = ct::sequential(ct::branches(ct::tanh, ct::square, ct::linear), ct::add);
    static_assert(std::is_same_v<decltype(sum(rows)), decltype(ct::tanh(rows) + ct::square(rows) + rows)>);
    constexpr auto mean = ct::sequential(ct::branches(ct::tanh, ct::square), ct::ave);
    static_assert(ct::evaluate(mean(rows), rows = std::array<double, 4>{0, 0, 2, 0})[1] == 0);
    BOOST_TEST(std::abs(ct::evaluate(mean(rows), rows = std::array<double, 4>{0, 0, 2, 0})[2] - (std::tanh(2.0) + 4) / 2) < 1e-15);
}

BOOST_AUTO_TEST_CASE(a_residual_block_adds_its_input) {
    constexpr auto model = ct::sequential(ct::residual(ct::dense<8>(ct::relu), ct::dense<4>()), ct::residual(ct::dense<4>(ct::tanh)));
    constexpr auto W = v<"residual/dense/kernel", 4, 8>;
    constexpr auto U = v<"residual/dense_1/kernel", 8, 4>;
    constexpr auto b = v<"residual/dense/bias", 8>;
    constexpr auto c = v<"residual/dense_1/bias", 4>;
    constexpr auto first = rows + (ct::matmul(ct::relu(ct::matmul(rows, W) + b), U) + c);
    constexpr auto second = first + ct::tanh(ct::matmul(first, v<"residual_1/dense/kernel", 4, 4>) + v<"residual_1/dense/bias", 4>);
    static_assert(std::is_same_v<decltype(model(rows)), std::remove_const_t<decltype(second)>>);
    constexpr auto dropping = ct::sequential(ct::residual(ct::dropout(0.5_c)));
    static_assert(std::is_same_v<decltype(dropping(rows)), decltype(rows + rows)>);
    static_assert(!std::is_same_v<decltype(dropping(rows, ct::training)), decltype(dropping(rows))>);
}

BOOST_AUTO_TEST_CASE(several_inputs_and_outputs) {
    constexpr auto columns = ct::placeholder<"columns", double, N, 2>;
    constexpr auto model = ct::sequential(ct::parallel(ct::dense<3>(ct::relu), ct::dense<3>(ct::relu)), ct::concatenate(),
                                          ct::branches(ct::dense<1>(), ct::dense<2>(ct::softmax)));
    constexpr auto inputs = std::make_tuple(rows, columns);
    constexpr auto outputs = model(inputs, ct::training);
    static_assert(std::get<0>(outputs).shape() == ct::shape(N, 1) && std::get<1>(outputs).shape() == ct::shape(N, 2));
    constexpr auto loss = ct::reduce_mean(ct::square(std::get<0>(outputs) - 1_c)) - ct::reduce_mean(ct::log(std::get<1>(outputs)));
    ct::trainer train{ct::minimize(loss, ct::sgd(0.1_c)), model.initial_values(inputs, 3)};
    const auto a = golden::numbers(1, 20), b = golden::numbers(2, 10);
    const double before = train(rows = a, columns = b);
    double after = before;
    for (int i = 0; i < 20; ++i) after = train(rows = a, columns = b);
    BOOST_TEST(after < before);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
