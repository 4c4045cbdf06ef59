// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/losses.hpp>

#include "../simd/exact.hpp"
#include "digits.hpp"

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;
using ct::test::check_digits_in_both;
using ct::test::value_and_slope;

namespace {

constexpr auto t = ct::placeholder<"t", float, ct::dim<"N">, 2>;
constexpr auto p = ct::placeholder<"p", float, ct::dim<"N">, 2>;

struct row {
    std::array<float, 2> truth, prediction;
    float loss;
    std::array<float, 2> slope;
};

/// Losses and slopes of rows against what they are.
template <class Loss>
void check_rows(Loss, std::initializer_list<row> rows, float digits = 2e-6F) {
    constexpr auto loss = Loss{}(t, p);
    constexpr auto slope = ct::gradient(ct::reduce_sum(loss), p)[p];
    const ct::function f{loss, slope};
    for (const row& each : rows) {
        float value = 0;
        std::array<float, 2> slopes{};
        f(t = ct::view(each.truth.data(), 1, 2), p = ct::view(each.prediction.data(), 1, 2), loss = ct::view(&value, 1),
          slope = ct::view(slopes.data(), 1, 2));
        const auto is_near = [&](float got, float right) { return got == right || std::fabs(got - right) <= digits * std::fabs(right); };
        BOOST_TEST(is_near(value, each.loss), value << " instead of " << each.loss << " at " << each.prediction[0]);
        for (std::size_t k = 0; k < 2; ++k)
            BOOST_TEST(is_near(slopes[k], each.slope[k]),
                       "slope " << slopes[k] << " instead of " << each.slope[k] << " at " << each.prediction[0]);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(digits_of_losses)

BOOST_AUTO_TEST_CASE(log_cosh_has_its_digits_near_0_and_far_from_it) {
    check_digits_in_both([](auto x) { return ct::log_cosh(ct::expand_dims(x * 0_c, ct::axis<-1>), ct::expand_dims(x, ct::axis<-1>)); },
                         [](long double x) { return value_and_slope{ct::test::exact_log_cosh(x), std::tanh(x)}; }, 3, 3);
}

BOOST_AUTO_TEST_CASE(binary_crossentropy_of_logits_has_its_digits) {
    const auto f = [](auto y, auto z) { return ct::binary_crossentropy(y, z, ct::from_logits); };
    const float small = std::exp(-20.0F);
    check_rows(f, {{{1, 0}, {1e4F, -1e4F}, 0, {0, 0}},
                   {{0, 1}, {1e4F, -1e4F}, 1e4F, {0.5F, -0.5F}},
                   {{1, 0}, {20, -20}, small, {-small / 2, small / 2}},
                   {{1, 0}, {INFINITY, -INFINITY}, 0, {0, 0}},
                   {{1, 0.25F}, {0, 0}, 0.6931472F, {-0.25F, 0.125F}}});
}

BOOST_AUTO_TEST_CASE(focal_losses_of_logits_have_no_limit) {
    const auto f = [](auto y, auto z) { return ct::binary_focal_crossentropy(y, z, ct::from_logits, ct::gamma = 0.5_c); };
    const auto right = static_cast<float>(std::exp(-30.0)), wrong = 200.0F;
    check_rows(f,
               {{{1, 0}, {20, -20}, right, {-0.75F * right, 0.75F * right}},
                {{1, 0}, {1e4F, -1e4F}, 0, {0, 0}},
                {{0, 1}, {wrong, -wrong}, wrong, {0.5F, -0.5F}},
                {{1, 0}, {INFINITY, -INFINITY}, 0, {0, 0}}},
               1e-5F);
    const auto g = [](auto y, auto z) { return ct::categorical_focal_crossentropy(y, z, ct::from_logits, ct::gamma = 0.5_c); };
    check_rows(g, {{{1, 0}, {1e4F, -1e4F}, 0, {0, 0}}, {{0, 1}, {1e4F, -1e4F}, 5000, {0.25F, -0.25F}}});
}

BOOST_AUTO_TEST_CASE(focal_losses_of_probabilities_0_and_1_are_finite) {
    const auto f = [](auto y, auto z) { return ct::binary_focal_crossentropy(y, z, ct::gamma = 0.5_c); };
    check_rows(f, {{{1, 0}, {1, 0}, 0, {0, 0}}});
    check_rows(f, {{{0, 1}, {1, 0}, 16.030239F, {4.0295F, -4.0295F}}}, 0.05F); // where ln is limited
}

BOOST_AUTO_TEST_CASE(divergence_of_certain_truths_is_finite) {
    const auto f = [](auto y, auto z) { return ct::kl_divergence(y, z); };
    check_rows(f, {{{0, 1}, {0.5F, 0.5F}, 0.6931456F, {-2e-7F, -2}}, {{0, 1}, {0, 1}, 0, {0, -1}}});
}

BOOST_AUTO_TEST_CASE(cosine_similarity_is_of_directions) {
    const auto f = [](auto y, auto z) { return ct::cosine_similarity(y, z); };
    for (const float size : {1e-30F, 1e-10F, 1.0F, 1e15F, 1e30F})
        check_rows(f, {{{3 * size, 4 * size}, {4 * size, 3 * size}, -0.96F, {0.0336F / size, -0.0448F / size}}}, 5e-6F);
    check_rows(f, {{{0, 0}, {1, 1}, 0, {0, 0}}, {{0, 0}, {0, 0}, 0, {0, 0}}});
}

BOOST_AUTO_TEST_CASE(a_weight_of_0_leaves_out_what_is_not_finite) {
    constexpr auto w = ct::placeholder<"w", float, ct::dim<"N">>;
    constexpr auto loss = ct::mean_squared_error(ct::reduction = ct::sum)(t, p, ct::sample_weight = w);
    constexpr auto slope = ct::gradient(loss, p)[p];
    const ct::function f{loss, slope};
    float value = 0;
    std::array<float, 6> slopes{};
    const std::array<float, 6> truth{1, 2, NAN, 0, 1, 1}, prediction{1, 4, 0, INFINITY, 1, NAN};
    f(t = ct::view(truth.data(), 3, 2), p = ct::view(prediction.data(), 3, 2), w = std::array<float, 3>{1, 0, 0}, loss = value,
      slope = ct::view(slopes.data(), 3, 2));
    BOOST_TEST(value == 2);
    BOOST_TEST(slopes[1] == 2);
}

BOOST_AUTO_TEST_SUITE_END()
