// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/trainer.hpp>

#include <ctgrad/ctgrad.hpp>

#include "allocations.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <utility>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto W = ct::variable<"W", float, 20, 5>;

template <auto Rows>
constexpr auto inputs = ct::placeholder<"x", float, Rows, 20>;
template <auto Rows>
constexpr auto targets = ct::placeholder<"y", float, Rows, 5>;
template <auto Rows>
constexpr auto errors = ct::tanh(ct::matmul(inputs<Rows>, W)) - targets<Rows>;
template <auto Rows>
constexpr auto training = ct::minimize(ct::reduce_mean(ct::square(errors<Rows>)), ct::gradient_descent(0.1_c));

} // namespace

BOOST_AUTO_TEST_SUITE(train)

BOOST_AUTO_TEST_CASE(bound_step_never_allocates_and_trains_as_a_call_does) {
    constexpr auto x = inputs<N>;
    constexpr auto y = targets<N>;
    const std::vector<float> a(20 * 1000, 0.1f), b(5 * 1000, 0.5f);
    ct::trainer called{training<N>}, bound{training<N>};
    auto step = bound.bind(x = a, y = b);
    static_assert(noexcept(step()));
    const int before = allocation_count();
    std::array<float, 5> losses;
    for (float& loss : losses) loss = step();
    BOOST_TEST(allocation_count() == before);
    for (float loss : losses) BOOST_TEST(loss == float(called(x = a, y = b)));
    BOOST_TEST(bound[W][7] == called[W][7]);
    const ct::trainer moved = std::move(bound); // variables stay where they are
    const float w = moved[W][7];
    (void)step();
    BOOST_TEST(moved[W][7] != w);
}

BOOST_AUTO_TEST_CASE(bound_function_never_allocates) {
    const std::vector<float> a(20 * 1000, 0.1f), w(100, 0.2f), b(5 * 1000, 0.5f);
    constexpr auto x = inputs<N>;
    constexpr auto y = targets<N>;
    auto call = ct::function{ct::reduce_sum(ct::square(errors<N>)), errors<N>}.bind(x = a, y = b, W = w);
    const int before = allocation_count();
    for (int i = 0; i < 3; ++i) (void)call();
    BOOST_TEST(allocation_count() == before);
    BOOST_TEST(std::get<1>(call()).size() == b.size());
}

BOOST_AUTO_TEST_CASE(static_call_allocates_nothing_up_to_64_KiB_of_workspace) {
    constexpr auto x = inputs<400>;
    constexpr auto y = targets<400>;
    const std::vector<float> a(20 * 400, 0.1f), w(100, 0.2f), b(5 * 400, 0.5f);
    const ct::function f{ct::reduce_mean(ct::square(errors<400>)), ct::gradient(ct::reduce_mean(ct::square(errors<400>)), W)[W]};
    std::array<float, 100> slope;
    const int before = allocation_count();
    (void)f(x = a, y = b, W = w, ct::gradient(ct::reduce_mean(ct::square(errors<400>)), W)[W] = slope);
    BOOST_TEST(allocation_count() == before);
}

BOOST_AUTO_TEST_CASE(static_trainer_allocates_when_it_is_made_and_never_again) {
    constexpr auto x = inputs<8000>;
    constexpr auto y = targets<8000>;
    const std::vector<float> a(20 * 8000, 0.1f), b(5 * 8000, 0.5f);
    ct::trainer train{training<8000>};
    const int before = allocation_count();
    (void)train(x = a, y = b);
    BOOST_TEST(allocation_count() == before);
}

BOOST_AUTO_TEST_SUITE_END()
