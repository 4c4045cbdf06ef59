// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/losses.hpp>

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N, 3>;
constexpr auto p = ct::placeholder<"p", double, N, 3>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
constexpr auto w = ct::placeholder<"w", double, N>;
constexpr auto classes = ct::placeholder<"classes", double, 3>;
constexpr auto d = ct::scalar<"d", float>;

constexpr std::array<double, 6> truth{1, 2, 3, 4, 5, 6};
constexpr std::array<double, 6> guess{1, 2, 5, 0, 5, 6}; // errors 0, 0, 2 and -4, 0, 0

template <class A, class B>
constexpr bool same(A, B) {
    return std::is_same_v<A, B>;
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn_losses)

BOOST_AUTO_TEST_CASE(one_name_is_function_and_object) {
    static_assert(ct::huber(t, p).shape() == ct::shape(N));
    static_assert(ct::huber()(t, p).shape() == ct::shape());
    static_assert(same(ct::huber(2_c).per_example(t, p), ct::huber(t, p, ct::delta = 2_c)));
    static_assert(same(ct::as_loss(ct::huber), ct::huber()));
    static_assert(same(ct::huber()(t, p), ct::reduce_mean(ct::huber(t, p))));
    static_assert(ct::evaluate(ct::huber(t, p, 2_c), t = truth, p = guess)[1] == 2);
    BOOST_TEST(ct::evaluate(ct::huber(t, p, d), t = truth, p = guess, d = 1.0f)[1] == 3.5 / 3);
}

BOOST_AUTO_TEST_CASE(the_reduction_decides_the_shape) {
    constexpr auto weights = std::array{1.0, 3.0};
    const auto value = [&](auto mode) {
        return ct::evaluate(ct::huber(2_c, ct::reduction = mode)(t, p, ct::sample_weight = w), t = truth, p = guess, w = weights);
    };
    static_assert(ct::huber(ct::reduction = ct::none)(t, p, w).shape() == ct::shape(N));
    BOOST_TEST(value(ct::none)[1] == 6);
    BOOST_TEST(value(ct::sum)[0] == 2.0 / 3 + 6);
    BOOST_TEST(value(ct::sum_over_batch_size)[0] == (2.0 / 3 + 6) / 2);
    BOOST_TEST(value(ct::mean_with_sample_weight)[0] == (2.0 / 3 + 6) / 4);
    const auto nothing = std::array{0.0, 0.0};
    constexpr auto loss = ct::huber(ct::reduction = ct::mean_with_sample_weight)(t, p, w);
    BOOST_TEST(ct::evaluate(loss, t = truth, p = guess, w = nothing)[0] == 0);
}

BOOST_AUTO_TEST_CASE(weights_are_numbers_of_examples_or_of_classes) {
    constexpr auto loss = ct::mean_squared_error(ct::reduction = ct::none);
    constexpr auto by_class = std::array{1.0, 10.0, 100.0};
    static_assert(same(loss(t, p, w), loss(t, p, ct::sample_weight = w)));
    BOOST_TEST(ct::evaluate(loss(t, p, ct::sample_weight = 3_c), t = truth, p = guess)[0] == 4);
    BOOST_TEST(ct::evaluate(loss(t, p, ct::class_weight = classes), t = truth, p = guess, classes = by_class)[0] == 4.0 / 3 * 100);
    constexpr auto sparse = ct::sparse_categorical_crossentropy(ct::from_logits, ct::reduction = ct::none);
    constexpr auto numbers = std::array{0, 1};
    const auto plain = ct::evaluate(sparse(k, p), k = numbers, p = guess);
    const auto weighted = ct::evaluate(sparse(k, p, ct::class_weight = classes, ct::sample_weight = w), k = numbers, p = guess,
                                       classes = by_class, w = std::array{2.0, 3.0});
    BOOST_TEST(weighted[0] == 2 * plain[0]);
    BOOST_TEST(weighted[1] == 30 * plain[1]);
}

BOOST_AUTO_TEST_CASE(two_classes_may_be_0_and_1) {
    constexpr auto one = ct::placeholder<"one", double, N, 1>;
    constexpr auto said = ct::placeholder<"said", double, N, 1>;
    constexpr auto two = ct::placeholder<"two", double, 2>;
    constexpr auto of_column = ct::mean_squared_error(ct::reduction = ct::none)(one, said, ct::class_weight = two);
    constexpr auto zero_and_one = std::array{0.0, 1.0}, nothing = std::array{2.0, 2.0}, by_class = std::array{10.0, 100.0};
    const auto found = ct::evaluate(of_column, one = zero_and_one, said = nothing, two = by_class);
    BOOST_TEST(found[0] == 40);
    BOOST_TEST(found[1] == 100);
    constexpr auto squares = ct::as_loss([](auto a, auto b) { return ct::square(a - b); }, ct::none);
    constexpr auto flat = squares(ct::squeeze(one, ct::axis<1>), ct::squeeze(said, ct::axis<1>), ct::class_weight = two);
    BOOST_TEST(ct::evaluate(flat, one = zero_and_one, said = nothing, two = by_class)[0] == 40);
}

BOOST_AUTO_TEST_CASE(cross_entropies_of_activations_use_the_logits) {
    static_assert(same(ct::categorical_crossentropy(t, ct::softmax(p)), ct::categorical_crossentropy(t, p, ct::from_logits)));
    static_assert(same(ct::categorical_crossentropy(t, ct::softmax(p, ct::axis<0>), ct::axis<0>),
                       ct::categorical_crossentropy(t, p, ct::from_logits, ct::axis<0>)));
    static_assert(!same(ct::categorical_crossentropy(t, ct::softmax(p, ct::axis<0>)), ct::categorical_crossentropy(t, p, ct::from_logits)));
    static_assert(same(ct::sparse_categorical_crossentropy(k, ct::softmax(p)), ct::sparse_categorical_crossentropy(k, p, ct::from_logits)));
    static_assert(same(ct::binary_crossentropy(t, ct::sigmoid(p)), ct::binary_crossentropy(t, p, ct::from_logits)));
    static_assert(same(ct::categorical_crossentropy(t, p, ct::from_logits), ct::softmax_cross_entropy_with_logits(t, p)));
}

BOOST_AUTO_TEST_CASE(ignored_classes_are_not_counted) {
    constexpr auto loss = ct::sparse_categorical_crossentropy(ct::from_logits, ct::ignore_class = -1_c);
    constexpr auto numbers = std::array{0, -1};
    const double first = ct::evaluate(ct::sparse_categorical_crossentropy(k, p, ct::from_logits), k = std::array{0, 0}, p = guess)[0];
    BOOST_TEST(ct::evaluate(loss(k, p), k = numbers, p = guess)[0] == first);
    BOOST_TEST(ct::evaluate(loss.per_example(k, p), k = numbers, p = guess)[1] == 0);
    const auto slope = ct::evaluate(ct::gradient(loss(k, p), p)[p], k = numbers, p = guess);
    BOOST_TEST(slope[3] == 0);
    BOOST_TEST(slope[0] != 0);
}

namespace {

template <class Weights>
struct context_aware {
    Weights weights;
    constexpr auto operator()(auto truth_given, auto guessed) const {
        return ct::reduce_mean(ct::square(truth_given - guessed) * weights, ct::axis<-1>);
    }
};
template <class Weights>
context_aware(Weights) -> context_aware<Weights>;

} // namespace

BOOST_AUTO_TEST_CASE(any_callable_is_a_loss) {
    constexpr auto squares = [](auto a, auto b) { return ct::square(a - b); };
    static_assert(ct::as_loss(squares, ct::none)(t, p).shape() == ct::shape(N, 3));
    static_assert(ct::as_loss(squares)(t, p).shape() == ct::shape());
    constexpr auto weights = ct::placeholder<"context", double, 3>;
    constexpr auto fed = ct::as_loss(context_aware{weights}, ct::sum);
    BOOST_TEST(ct::evaluate(fed(t, p), t = truth, p = guess, weights = std::array{3.0, 0.0, 0.0})[0] == 16);
    constexpr auto constant = ct::as_loss(context_aware{3_c});
    BOOST_TEST(ct::evaluate(constant(t, p, ct::sample_weight = w), t = truth, p = guess, w = std::array{1.0, 0.0})[0] == 2);
    constexpr auto scalar = ct::as_loss([](auto a, auto b) { return ct::reduce_mean(ct::square(a - b)); });
    static_assert(scalar(t, p).shape() == ct::shape());
    static_assert(same(ct::as_loss(scalar), scalar));
    static_assert(ct::as_loss(ct::softmax_cross_entropy_with_logits)(t, p, w).shape() == ct::shape());
}

BOOST_AUTO_TEST_CASE(values_and_total_come_of_one_pass) {
    constexpr auto loss = ct::mean_squared_error();
    constexpr auto total = loss(t, p);
    static_assert(ct::reduce_mean(loss.per_example(t, p)).root().hash == total.root().hash);
    static_assert(std::is_same_v<decltype(ct::mean_squared_error(t, p)), decltype(loss.per_example(t, p))>);
}

BOOST_AUTO_TEST_CASE(kinks_have_the_derivatives_of_tensorflow) {
    constexpr auto a = ct::placeholder<"a", double, 3>;
    constexpr auto b = ct::placeholder<"b", double, 3>;
    const auto slope = [&](auto loss, std::array<double, 3> at_a, std::array<double, 3> at_b) {
        const auto found = ct::evaluate(ct::gradient(loss, b)[b], a = at_a, b = at_b);
        return std::vector<double>(found.begin(), found.end());
    };
    const std::vector<double> at_margin{-1.0 / 3, 1.0 / 3, 0};
    BOOST_TEST(slope(ct::hinge(a, b), {1, -1, 1}, {1, -1, 2}) == at_margin);
    const std::vector<double> at_delta{1.0 / 3, -1.0 / 3, 0};
    BOOST_TEST(slope(ct::huber(a, b), {0, 0, 0}, {1, -1, 0}) == at_delta);
    const std::vector<double> not_moved{0, 0, 0};
    BOOST_TEST(slope(ct::mean_absolute_error(a, b), {1, 2, 3}, {1, 2, 3}) == not_moved);
    const std::vector<double> relu_margin{0, 0, 0};
    constexpr auto first = ct::compat_v1::losses::hinge_loss(a, b);
    BOOST_TEST(slope(first, {1, 0, 1}, {1, -1, 2}) == relu_margin);
}

BOOST_AUTO_TEST_CASE(nan_label_of_weight_0_leaves_other_labels_of_hinge_as_they_are) {
    const auto value = [](auto loss, const std::vector<double>& labels) {
        return ct::evaluate(loss(t, p, ct::sample_weight = w), t = labels, p = guess, w = std::array{1.0, 0.0})[0];
    };
    const std::vector<double> known{1, 0, 0, 0, 1, 0}, unknown{1, 0, 0, NAN, 1, NAN};
    BOOST_TEST(value(ct::as_loss(ct::hinge), unknown) == value(ct::as_loss(ct::hinge), known));
    BOOST_TEST(value(ct::as_loss(ct::squared_hinge), unknown) == value(ct::as_loss(ct::squared_hinge), known));
}

BOOST_AUTO_TEST_CASE(losses_of_tensorflow_1_are_reduced) {
    namespace v1 = ct::compat_v1::losses;
    const auto value = [&](auto loss) { return ct::evaluate(loss, t = truth, p = guess, w = std::array{0.0, 2.0})[0]; };
    static_assert(v1::mean_squared_error(t, p, ct::reduction = ct::none).shape() == ct::shape(N, 3));
    BOOST_TEST(value(v1::mean_squared_error(t, p)) == 20.0 / 6);
    constexpr auto rows = ct::expand_dims(w, ct::axis<1>);
    BOOST_TEST(value(v1::mean_squared_error(t, p, v1::weights = rows)) == 32.0 / 3);
    BOOST_TEST(value(v1::mean_squared_error(t, p, v1::weights = rows, ct::reduction = v1::mean)) == 32.0 / 6);
    BOOST_TEST(value(v1::mean_squared_error(t, p, v1::weights = rows, ct::reduction = ct::sum_over_batch_size)) == 32.0 / 6);
    BOOST_TEST(value(v1::mean_squared_error(t, p, v1::weights = 2_c, ct::reduction = v1::mean)) == 20.0 / 6);
    BOOST_TEST(value(v1::mean_squared_error(t, p, v1::weights = 2_c)) == 40.0 / 6);
    constexpr std::array<double, 2> pairs{2.0 * 4 / 2 - 2.0 * 4 / 6, 2.0 * 16 / 2 - 2.0 * 16 / 6};
    BOOST_TEST(value(v1::mean_pairwise_squared_error(t, p)) == pairs[0] + pairs[1]);
    BOOST_TEST(value(v1::mean_pairwise_squared_error(t, p, v1::weights = w)) == 2 * pairs[1]);
    BOOST_TEST(value(v1::compute_weighted_loss(ct::square(t - p), rows, ct::sum)) == 32);
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    static_assert(ct::loss_of<decltype(ct::huber()), decltype(t), decltype(p)>);
    static_assert(!ct::loss_of<decltype(ct::huber()), decltype(k), decltype(p)>);
    static_assert(ct::weighs_loss<decltype(t), decltype(ct::huber(t, p)), decltype(w)>);
    static_assert(!ct::weighs_loss<decltype(t), decltype(t), decltype(w)>);
    static_assert(ct::takes_options<decltype(ct::huber), decltype(ct::delta = 1_c)>);
    static_assert(!ct::takes_options<decltype(ct::huber), decltype(ct::gamma = 1_c)>);
}

BOOST_AUTO_TEST_SUITE_END()
