// SPDX-License-Identifier: BSL-1.0
// Each rule as a question: the answer is the one that the rule gives.
#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto z = ct::matmul(x, W) + b;
constexpr auto losses = ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = z);
constexpr auto loss = ct::reduce_mean(losses);
constexpr auto hits = ct::equal(ct::argmax(z, ct::axis<1>), k);
constexpr auto column = ct::placeholder<"column", float, N, 1>;
constexpr auto row = ct::placeholder<"row", float, N>;
constexpr auto weights = ct::placeholder<"weights", float, 100>;
constexpr auto wide = ct::placeholder<"wide", double, N, 10>;
constexpr auto other_W = ct::variable<"W", float, 10>;

#define T(...) decltype(__VA_ARGS__)

} // namespace

static_assert(ct::takes_options<decltype(ct::adam), decltype(0.01_c)>);
static_assert(!ct::takes_options<decltype(ct::adam), decltype(0.01_c), decltype(ct::momentum = 0.9_c)>);
static_assert(!ct::takes_options<decltype(ct::adam), decltype(ct::clipnorm = 0.9_c), decltype(ct::clipvalue = 0.9_c)>);
static_assert(!ct::takes_options<decltype(ct::exponential_decay), decltype(0.1_c)>);
static_assert(ct::fits_boundaries<decltype(ct::boundaries(1_c)), decltype(ct::values(1_c, 2_c))>);
static_assert(!ct::fits_boundaries<decltype(ct::boundaries(1_c)), decltype(ct::values(1_c))>);

BOOST_AUTO_TEST_SUITE(train_questions)

BOOST_AUTO_TEST_CASE(shape_rank_and_dtype_are_constants) {
    static_assert(losses.shape() == ct::shape(N) && loss.shape() == ct::shape() && z.shape() == ct::shape(N, 10));
    static_assert(losses.rank == 1 && loss.rank == 0 && z.rank == 2);
    static_assert(loss.type() == ct::dtype::float32 && k.type() == ct::dtype::int32 && hits.type() == ct::dtype::boolean);
}

BOOST_AUTO_TEST_CASE(a_loss_is_asked) {
    static_assert(ct::scalar_loss<T(loss)> && !ct::scalar_loss<T(losses)>);
    static_assert(ct::can_minimize<T(loss)>);
    static_assert(!ct::can_minimize<T(losses)>);
    static_assert(!ct::can_minimize<T(ct::reduce_mean(x))>);
    static_assert(!ct::can_minimize<T(ct::reduce_mean(ct::cast<float>(hits)))>);
    static_assert(!ct::can_minimize<T(ct::reduce_mean(ct::variable<"v", float, N>))>);
    static_assert(!ct::can_minimize<int> && !ct::can_minimize<ct::poison>);
}

BOOST_AUTO_TEST_CASE(a_gradient_is_asked) {
    static_assert(ct::can_differentiate<T(loss), T(W), T(b), T(x)>);
    static_assert(!ct::can_differentiate<T(losses), T(W)>);
    static_assert(!ct::can_differentiate<T(loss)>);
    static_assert(!ct::can_differentiate<T(loss), T(z)>);
    static_assert(!ct::can_differentiate<T(loss), T(column)>);
    static_assert(!ct::can_differentiate<T(loss), T(other_W)>);
    static_assert(!ct::can_differentiate<T(ct::reduce_mean(ct::cast<float>(hits))), T(W)>);
    constexpr auto grads = ct::gradient(loss, W);
    constexpr auto data = ct::gradient(loss, x);
    static_assert(grads.has<T(W)> && !grads.has<T(b)>);
    static_assert(ct::can_apply<T(grads)> && !ct::can_apply<T(data)> && !ct::can_apply<T(grads[W])>);
}

BOOST_AUTO_TEST_CASE(operands_are_asked) {
    static_assert(ct::broadcastable<T(y_), T(b)> && ct::broadcastable<T(y_), T(column)> && ct::broadcastable<T(y_), T(0.5_c)>);
    static_assert(!ct::broadcastable<T(row), T(column)> && !ct::broadcastable<T(weights), T(y_)> && !ct::broadcastable<T(x), double>);
    static_assert(ct::same_dtype<T(x), T(W), T(0.5_c)> && !ct::same_dtype<T(y_), T(wide)>);
    static_assert(ct::floating_expression<T(x)> && !ct::floating_expression<T(k)>);
    static_assert(ct::numeric_expression<T(k)> && !ct::numeric_expression<T(hits)>);
    static_assert(ct::integer_expression<T(k)> && !ct::integer_expression<T(x)>);
    static_assert(ct::boolean_expression<T(hits)> && !ct::boolean_expression<T(k)>);
    static_assert(ct::names_agree<T(x), T(W)> && !ct::names_agree<T(W), T(other_W)>);
    static_assert(ct::operand<T(0.5_c)> && !ct::operand<double>);
    static_assert(ct::leaf_expression<T(W)> && !ct::leaf_expression<T(z)>);
    static_assert(ct::applicable<ct::add_op, T(y_), T(b)> && ct::applicable<ct::exp_op, T(x)> && ct::applicable<ct::gather_op, T(W), T(k)>);
    static_assert(!ct::applicable<ct::add_op, T(y_), T(wide)> && !ct::applicable<ct::exp_op, T(k)>);
    static_assert(!ct::applicable<ct::gather_op, T(W), T(row)> && !ct::applicable<ct::multiply_op, T(W), T(other_W)>);
}

BOOST_AUTO_TEST_CASE(shapes_are_asked) {
    static_assert(ct::matmul_compatible<T(x), T(W)> && ct::matmul_compatible<T(x), T(x), T(ct::transpose_b)>);
    static_assert(!ct::matmul_compatible<T(W), T(x)> && !ct::matmul_compatible<T(x), T(b)>);
    static_assert(ct::has_axes<T(x), T(ct::axis<0, -1>)> && !ct::has_axes<T(x), T(ct::axis<2>)> && !ct::has_axes<T(x), T(ct::axis<1, -1>)>);
    static_assert(ct::reshapable<T(x), T(ct::dims<N, 28, 28>)> && !ct::reshapable<T(x), T(ct::dims<N, 28>)>);
    static_assert(ct::broadcastable_to_dims<T(b), T(ct::dims<N, 10>)> && !ct::broadcastable_to_dims<T(b), T(ct::dims<N, 9>)>);
    static_assert(ct::transposable<T(x), T(ct::permutation<1, 0>)> && !ct::transposable<T(x), T(ct::permutation<0>)>);
    static_assert(ct::sliceable<T(W), T(ct::begin<0, 2>), T(ct::size<10, 3>)> &&
                  !ct::sliceable<T(W), T(ct::begin<0, 8>), T(ct::size<10, 3>)>);
    static_assert(ct::concatenable<1, T(x), T(y_)> && !ct::concatenable<0, T(x), T(y_)> && !ct::concatenable<1, T(W), T(y_)>);
}

BOOST_AUTO_TEST_CASE(labels_and_logits_are_asked) {
    static_assert(ct::labels_for<T(y_), T(z)> && ct::class_numbers_for<T(k), T(z)>);
    static_assert(!ct::labels_for<T(z), T(y_)> && !ct::labels_for<T(k), T(z)> && !ct::labels_for<T(row), T(z)>);
    static_assert(!ct::labels_for<T(wide), T(z)> && !ct::labels_for<T(y_), T(ct::softmax(z))>);
    static_assert(!ct::class_numbers_for<T(y_), T(z)> && !ct::class_numbers_for<T(k), T(ct::matmul(W, W, ct::transpose_b))>);
    static_assert(ct::are_swapped<T(z), T(y_)>() && !ct::are_swapped<T(y_), T(z)>() && !ct::are_swapped<T(y_), T(x)>());
    static_assert(ct::activated<T(ct::sigmoid(z))> && ct::activated<T(ct::expand_dims(ct::log_softmax(z), ct::axis<0>))>);
    static_assert(ct::activated<T(ct::exp(z) / ct::reduce_sum(ct::exp(z), ct::axis<1>, ct::keepdims))>);
    static_assert(!ct::activated<T(z)> && !ct::activated<T(ct::tanh(z))> && !ct::activated<T(2_c * ct::softmax(z))>);
}

BOOST_AUTO_TEST_CASE(the_scale_of_values_is_seen_in_the_graph) {
    static_assert(ct::scale_of<T(z)>() == ct::value_scale::scores);
    static_assert(ct::scale_of<T(ct::reshape(ct::matmul(x, W), ct::dims<10, N>))>() == ct::value_scale::scores);
    static_assert(ct::scale_of<T(ct::softmax(z))>() == ct::value_scale::probabilities);
    static_assert(ct::scale_of<T(ct::sigmoid(z))>() == ct::value_scale::probabilities);
    static_assert(ct::scale_of<T(ct::log_softmax(z))>() == ct::value_scale::log_probabilities);
    static_assert(ct::scale_of<T(ct::log(ct::softmax(z)))>() == ct::value_scale::log_probabilities);
    static_assert(ct::scale_of<T(y_)>() == ct::value_scale::unknown);
}

BOOST_AUTO_TEST_CASE(hyperparameters_are_asked) {
    static_assert(ct::valid_rate<T(0.5_c)> && ct::valid_rate<T(0_c)> && ct::valid_rate<T(ct::scalar<"rate", float>)> &&
                  ct::valid_decay<T(0.9_c)>);
    static_assert(!ct::valid_rate<T(-0.5_c)> && !ct::valid_rate<double> && !ct::valid_rate<T(b)> && !ct::valid_decay<T(1_c)>);
}

BOOST_AUTO_TEST_CASE(calls_are_asked) {
    [[maybe_unused]] std::vector<float> images, truth;
    [[maybe_unused]] std::vector<double> doubles;
    [[maybe_unused]] std::array<float, 785> odd{};
    [[maybe_unused]] std::array<float, 1568> two{};
    using step = T(ct::trainer{ct::minimize(loss, ct::gradient_descent(0.5_c))});
    static_assert(step::accepts<T(x = images), T(y_ = truth)> && step::accepts<T(x = two), T(y_ = truth)>);
    static_assert(!step::accepts<T(x = images)>);
    static_assert(!step::accepts<T(x = images), T(x = images), T(y_ = truth)>);
    static_assert(!step::accepts<T(x = images), T(y_ = truth), T(row = truth)>);
    static_assert(!step::accepts<T(x = doubles), T(y_ = truth)>);
    static_assert(!step::accepts<T(x = odd), T(y_ = truth)>);
    static_assert(!step::accepts<std::vector<float>, std::vector<float>>);
    static_assert(step::holds<T(W)> && !step::holds<T(x)>);
    using value = T(ct::function{losses});
    static_assert(value::accepts<T(x = images), T(y_ = truth), T(W = images), T(b = truth)> && !value::accepts<T(x = images)>);
}

BOOST_AUTO_TEST_SUITE_END()
