// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/random.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 7>;
constexpr auto at = ct::scalar<"at", std::int32_t>;
constexpr auto ones = ct::placeholder<"ones", float, N, 8>;

template <class E, class... B>
std::vector<float> numbers(E e, B... bindings) {
    ct::function f{e};
    const auto found = f(bindings...);
    return {found.begin(), found.end()};
}

/// What is drawn in lanes, by scalars.
float drawn(std::uint32_t index, std::uint32_t step, std::uint32_t key) {
    return static_cast<float>(ct::simd::threefry(ct::simd::word_pair<std::uint32_t>{index, step}, {key, 0}).first >> 8) * 0x1p-24F;
}

/// Does the parts of a step in the wrong order.
struct backwards {
    int concurrency() const { return 3; }
    template <class Work>
    void run(int parts, Work&& work) const {
        for (int p = parts - 1; p >= 0; --p) work(p);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(random_numbers)

BOOST_AUTO_TEST_CASE(each_number_is_a_function_of_seed_counter_and_position) {
    constexpr auto u = ct::random::uniform<float, N, 7>(ct::seed = 5_c, ct::random::counter = at) + x;
    const std::uint32_t key = ct::simd::threefry(ct::simd::word_pair<std::uint32_t>{0, 0}, {5, 0}).first >> 8;
    for (std::size_t rows : {1u, 3u, 64u}) {
        const std::vector<float> zeros(rows * 7);
        const std::vector<float> got = numbers(u, at = 9, x = zeros);
        for (std::size_t i = 0; i < got.size(); ++i) BOOST_TEST(got[i] == drawn(static_cast<std::uint32_t>(i), 9, key));
    }
}

BOOST_AUTO_TEST_CASE(a_seed_at_run_time_gives_what_a_literal_gives) {
    constexpr auto known = ct::random::normal<float, N, 7>(ct::seed = 5_c, ct::random::counter = 3_c) + x;
    constexpr auto fed = ct::random::normal<float, N, 7>(ct::seed = at, ct::random::counter = 3_c) + x;
    const std::vector<float> zeros(35);
    BOOST_TEST(numbers(known, x = zeros) == numbers(fed, at = 5, x = zeros), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(moments) {
    constexpr auto u = ct::random::uniform<double, 400, 500>(-1_c, 3_c, ct::seed = 1_c, ct::random::counter = at);
    constexpr auto n = ct::random::normal<double, 400, 500>(1_c, 2_c, ct::seed = 1_c, ct::random::counter = at);
    ct::function f{ct::reduce_mean(u), ct::reduce_mean(ct::square(u)), ct::reduce_mean(n), ct::reduce_mean(ct::square(n))};
    const auto [u1, u2, n1, n2] = f(at = 4);
    BOOST_TEST((std::abs(u1 - 1) < 0.01 && std::abs(u2 - 7.0 / 3) < 0.02));
    BOOST_TEST((std::abs(n1 - 1) < 0.02 && std::abs(n2 - 5) < 0.06));
}

BOOST_AUTO_TEST_CASE(dropout_keeps_the_mean_and_drops_its_rate) {
    constexpr auto y = ct::dropout(0.25_c)(ones, ct::training);
    const std::vector<float> data(80000, 1.0F);
    ct::trainer train{
        ct::apply_gradients(ct::sgd(), ct::gradient(ct::reduce_mean(ct::variable<"w", float> * y), ct::variable<"w", float>), y)};
    const auto first = train(ones = data), second = train(ones = data);
    double sum = 0;
    int dropped = 0, alike = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const float e = first.begin()[i];
        BOOST_TEST_REQUIRE((e == 0 || e == static_cast<float>(1 / 0.75)));
        sum += e;
        dropped += e == 0;
        alike += (e == 0) == (second.begin()[i] == 0);
    }
    BOOST_TEST((std::abs(dropped / 80000.0 - 0.25) < 0.01 && std::abs(sum / 80000 - 1) < 0.01));
    BOOST_TEST(std::abs(alike / 80000.0 - (0.75 * 0.75 + 0.25 * 0.25)) < 0.01); // steps are independent
    BOOST_TEST(ct::dropout(0.25_c)(ones).root().hash == ones.root().hash);
}

BOOST_AUTO_TEST_CASE(the_backward_pass_drops_what_the_forward_pass_dropped) {
    constexpr auto w = ct::variable<"w", float, 500>;
    constexpr auto y = ct::dropout(0.5_c, 3_c)(w * 1_c, ct::training);
    ct::trainer train{ct::apply_gradients(ct::gradient_descent(1_c), ct::gradient(ct::reduce_sum(y), w), y), w = ct::ones()};
    const auto dropped = train();
    for (std::size_t i = 0; i < 500; ++i) BOOST_TEST(train[w][i] == (dropped.begin()[i] == 0 ? 1 : -1));
}

BOOST_AUTO_TEST_CASE(what_is_dropped_does_not_depend_on_how_a_step_is_split) {
    constexpr auto y = ct::dropout(0.5_c)(ones, ct::training);
    const std::vector<float> data(800000, 1.0F);
    constexpr auto w = ct::variable<"w", float>;
    constexpr auto step = ct::apply_gradients(ct::sgd(), ct::gradient(ct::reduce_mean(w * y), w), y);
    ct::trainer whole{step}, split{step};
    const auto one = whole(ones = data), other = split(backwards{}, ones = data);
    BOOST_TEST(std::equal(one.begin(), one.end(), other.begin(), other.end()));
}

BOOST_AUTO_TEST_CASE(layers_and_seeds_drop_different_elements) {
    constexpr auto model = ct::sequential(ct::dropout(0.5_c), ct::dropout(0.5_c), ct::dropout(0.5_c, ct::seed = 1_c));
    constexpr auto one = ct::reduce_mean(model.layer<0>()(ones, ct::training));
    constexpr auto two = ct::reduce_mean(model.layer<1>()(ones, ct::training));
    constexpr auto all = ct::reduce_mean(ct::cast<float>(model(ones, ct::training) > 0_c));
    constexpr auto both = ct::reduce_mean(ct::square(model.layer<0>()(ones, ct::training) - model.layer<1>()(ones, ct::training)));
    const std::vector<float> data(80000, 1.0F);
    ct::trainer train{
        ct::apply_gradients(ct::sgd(), ct::gradient(ct::variable<"w", float> * one, ct::variable<"w", float>), one, two, all, both)};
    const auto [a, b, c, d] = train(ones = data);
    BOOST_TEST((std::abs(a - 1) < 0.02 && std::abs(b - 1) < 0.02 && std::abs(c - 0.125) < 0.01 && std::abs(d - 2) < 0.04));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
