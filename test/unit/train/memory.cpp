// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/trainer.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto y = ct::placeholder<"y", float, N, 4>;
constexpr auto W = ct::variable<"W", float, 4, 4>;
constexpr auto V = ct::variable<"V", float, 4, 4>;
constexpr auto hidden = ct::tanh(ct::matmul(x, W));
constexpr auto prediction = ct::matmul(hidden, V);
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
constexpr auto step = ct::minimize(loss, ct::adam(0.1_c));

std::vector<float> numbers(std::size_t count) {
    std::vector<float> made(count);
    for (std::size_t i = 0; i < count; ++i) made[i] = static_cast<float>((i * 37) % 101) / 64 - 0.7F;
    return made;
}
auto trained() { return ct::trainer{step, W = numbers(16), V = numbers(16)}; }

template <class Trainer>
std::vector<float> variables(const Trainer& train) {
    std::vector<float> all(train[W].begin(), train[W].end());
    all.insert(all.end(), train[V].begin(), train[V].end());
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(train)

BOOST_AUTO_TEST_CASE(result_over_variables_of_the_trainer_is_refused) {
    auto train = trained();
    const auto data = numbers(16), before = variables(train);
    BOOST_CHECK_THROW(train(x = data, y = data, loss = train[W].subspan(3, 1)), ct::error);
    BOOST_CHECK_THROW(train(x = data, y = data, loss = train[V][15]), ct::error);
    BOOST_TEST(variables(train) == before, boost::test_tools::per_element());
    float value = 0;
    train(x = data, y = data, loss = value);
    BOOST_TEST(value > 0);
}

BOOST_AUTO_TEST_CASE(result_over_data_of_a_step_is_refused) {
    auto train = trained();
    auto data = numbers(16);
    const auto truth = numbers(16), before = data;
    BOOST_CHECK_THROW(train(x = data, y = truth, loss = data[5]), ct::error);
    BOOST_TEST(data == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(data_over_variables_train_as_copies_of_them_or_are_refused) {
    const auto same = [](auto feed) {
        auto one = trained(), other = trained();
        const std::vector<float> copy(other[W].begin(), other[W].end());
        const auto start = variables(one);
        feed(other, std::span(copy));
        try {
            feed(one, one[W]);
        } catch (const ct::error&) {
            return variables(one) == start;
        }
        return variables(one) == variables(other);
    };
    const auto data = numbers(16);
    BOOST_TEST(same([&](auto& train, auto fed) { train(x = fed, y = data); }));
    BOOST_TEST(same([&](auto& train, auto fed) { train(x = data, y = fed); }));
    BOOST_TEST(same([&](auto& train, auto fed) { train.bind(x = fed, y = data)(); }));
}

BOOST_AUTO_TEST_CASE(result_over_parameters_that_are_read_is_refused) {
    auto train = trained();
    const auto data = numbers(16), before = variables(train);
    constexpr ct::function f{prediction};
    BOOST_CHECK_THROW(f(train.parameters(), x = std::span(data).first(4), prediction = train[W].first(4)), ct::error); // a part
    BOOST_CHECK_THROW(f(train.parameters(), x = data, prediction = train[V]), ct::error);
    BOOST_CHECK_THROW(f.bind(train.parameters(), x = data, prediction = train[V]), ct::error);
    BOOST_TEST(variables(train) == before, boost::test_tools::per_element());
    constexpr auto scaled = 2_c * W;
    ct::function{scaled}(train.parameters(), scaled = train[W]); // element by element
    BOOST_TEST(train[W][3] == 2 * before[3]);
}

BOOST_AUTO_TEST_CASE(number_of_any_type_sets_a_scalar) {
    constexpr auto scale = ct::variable<"scale", float>;
    const double half = 0.5;
    ct::trainer train{ct::minimize(ct::reduce_mean(ct::square(scale * x - y)), ct::sgd(0.1_c)), scale = 2.5};
    BOOST_TEST(train[scale][0] == 2.5F);
    train.set(scale = half);
    BOOST_TEST(train[scale][0] == 0.5F);
    train.set(scale = 3);
    BOOST_TEST(train[scale][0] == 3);
}

BOOST_AUTO_TEST_CASE(step_on_no_examples_is_refused) {
    auto train = trained();
    const auto before = variables(train);
    const std::vector<float> none;
    BOOST_CHECK_THROW(train(x = none, y = none), ct::error);
    BOOST_CHECK_THROW(train.bind(x = none, y = none), ct::error);
    BOOST_TEST(variables(train) == before, boost::test_tools::per_element());
    constexpr auto total = ct::reduce_sum(ct::square(prediction - y));
    ct::trainer summed{ct::minimize(total, ct::sgd(0.1_c)), W = numbers(16), V = numbers(16)};
    BOOST_TEST(summed(x = none, y = none) == 0);
    BOOST_TEST(variables(summed) == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
