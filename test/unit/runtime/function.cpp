// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/function.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::placeholder<"w", float, 3>;
constexpr auto rate = ct::scalar<"rate", float>;

template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const ct::error& e) {
        return e.what();
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(scalar_result_is_a_number_and_several_are_a_tuple) {
    const std::vector<float> data{1, 2, 3, 4, 5, 6};
    const ct::function sum{ct::reduce_sum(x)};
    const float total = sum(x = data);
    BOOST_TEST(total == 21.0f);
    const ct::function both{ct::reduce_sum(x), ct::reduce_max(x, ct::axis<0>)};
    auto [value, largest] = both(x = data);
    BOOST_TEST(value == 21.0f);
    BOOST_TEST(largest.rank() == 1);
    BOOST_TEST(largest.extent(0) == 3);
    BOOST_TEST(largest(2) == 6.0f);
}

BOOST_AUTO_TEST_CASE(named_dimension_takes_the_size_of_the_data) {
    const ct::function f{ct::reduce_sum(x * w, ct::axis<1>)};
    const std::array weights{1.0f, 10.0f, 100.0f};
    for (std::size_t n : {1u, 5u, 40u}) {
        const std::vector<float> ones(3 * n, 1.0f);
        const ct::tensor<float> rows = f(x = ones, w = weights);
        BOOST_TEST(rows.size() == n);
        for (float r : rows) BOOST_TEST(r == 111.0f);
    }
    const std::vector<float> none;
    BOOST_TEST(f(x = ct::view(none.data(), 0, 3), w = weights).size() == 0u);
}

BOOST_AUTO_TEST_CASE(result_is_put_in_given_memory) {
    constexpr auto doubled = 2_c * w;
    const std::array weights{1.0f, 2.0f, 3.0f};
    std::array<float, 3> out{};
    const auto view = ct::function{doubled}(w = weights, doubled = out);
    BOOST_TEST(out[2] == 6.0f);
    BOOST_TEST(view.data() == out.data());
}

BOOST_AUTO_TEST_CASE(number_is_converted_for_a_scalar_leaf) {
    const std::array weights{1.0f, 2.0f, 3.0f};
    const auto scaled = ct::function{rate * w}(w = weights, rate = 0.5);
    BOOST_TEST(scaled(1) == 1.0f);
}

BOOST_AUTO_TEST_CASE(masks_and_labels_come_and_go_as_bool_and_int) {
    constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
    constexpr auto keep = ct::placeholder<"keep", bool, N>;
    const ct::function f{ct::equal(ct::argmax(x, ct::axis<1>), labels) && keep, ct::argmax(x, ct::axis<1>)};
    const std::vector<float> data{0, 1, 0, 5, 1, 2, 0, 0, 9};
    const std::array<std::int32_t, 3> expected{1, 1, 2};
    const std::array kept{true, true, false};
    auto [hit, place] = f(x = data, labels = expected, keep = kept);
    BOOST_TEST((hit(0) && !hit(1) && !hit(2)));
    BOOST_TEST((place(0) == 1 && place(1) == 0 && place(2) == 2));
}

BOOST_AUTO_TEST_CASE(integers_are_counted_with) {
    constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
    const ct::function f{ct::reduce_sum(ct::abs(k) * k), ct::reduce_max(k), ct::sign(k), ct::maximum(k, ct::square(k))};
    const std::vector<std::int32_t> numbers{-3, 0, 2, 7, -1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -2};
    auto [sum, largest, signs, both] = f(k = numbers);
    BOOST_TEST(sum == -9 + 4 + 49 - 1 + 16 + 10 - 4);
    BOOST_TEST(largest == 7);
    BOOST_TEST((signs(0) == -1 && signs(1) == 0 && signs(16) == -1));
    BOOST_TEST((both(0) == 9 && both(2) == 4 && both(16) == 4));
}

BOOST_AUTO_TEST_CASE(products_of_vectors) {
    constexpr auto u = ct::placeholder<"u", double, 3>;
    constexpr auto v = ct::placeholder<"v", double, 2>;
    const std::array a{1.0, 2.0, 3.0};
    const std::array b{10.0, 100.0};
    BOOST_TEST(ct::function{ct::dot(u, u)}(u = a) == 14.0);
    const auto table = ct::function{ct::outer(u, v)}(u = a, v = b);
    BOOST_TEST((table.rank() == 2 && table(2, 0) == 30.0 && table(1, 1) == 200.0));
    constexpr auto grads = ct::gradient(ct::dot(u, ct::square(u)), u);
    BOOST_TEST((ct::function{grads[u]}(u = a)(2) == 27.0));
}

BOOST_AUTO_TEST_CASE(contradicting_sizes_are_refused_by_name_expected_and_given) {
    const ct::function f{ct::reduce_sum(x * w)};
    const std::array weights{1.0f, 2.0f, 3.0f};
    const std::vector<float> seven(7), four(4);
    BOOST_TEST(refusal([&] { (void)f(x = seven, w = weights); }) == "ctgrad: 'x' expects [N,3] but was given 7 elements");
    BOOST_TEST(refusal([&] { (void)f(x = ct::view(seven.data(), 1, 7), w = weights); }) == "ctgrad: 'x' expects [N,3] but was given [1,7]");
    BOOST_TEST(refusal([&] { (void)f(x = weights, w = four); }) == "ctgrad: 'w' expects [3] but was given 4 elements");
    constexpr auto other = ct::placeholder<"other", float, N>;
    const ct::function g{ct::reduce_sum(x, ct::axis<1>) + other};
    const std::vector<float> six(6);
    BOOST_TEST(refusal([&] { (void)g(x = six, other = four); }) == "ctgrad: 'other' expects [N=2] but was given 4 elements");
    BOOST_TEST(refusal([&] { (void)f(x = std::span<const float>(), w = weights); }) == "accepted");
    BOOST_TEST(refusal([&] { (void)f(x = ct::view(static_cast<const float*>(nullptr), 2, 3), w = weights); }) ==
               "ctgrad: 'x' was given a null pointer");
}

BOOST_AUTO_TEST_CASE(size_that_flat_data_leave_open_is_asked_for) {
    constexpr auto grid = ct::placeholder<"grid", float, N, M>;
    const ct::function f{ct::reduce_sum(grid, ct::axis<0>)};
    const std::vector<float> data{1, 2, 3, 4, 5, 6};
    BOOST_TEST(refusal([&] { (void)f(grid = data); }).find("'N'") != std::string::npos);
    const auto columns = f(grid = ct::view(data.data(), 2, 3));
    BOOST_TEST(columns(0) == 5.0f);
}

/// Generic code: it has data for both leaves, of which the program may have one.
template <class F>
auto called_with_all(const F& f, const std::vector<float>& rows, float speed) {
    return f(x = rows, ct::if_used(w = std::array{1.0f, 10.0f, 100.0f}), ct::if_used(rate = speed));
}

BOOST_AUTO_TEST_CASE(what_is_fed_if_used) {
    const std::vector<float> data{1, 2, 3, 4, 5, 6};
    BOOST_TEST(called_with_all(ct::function{ct::reduce_sum(x)}, data, 2) == 21.0f);
    BOOST_TEST(called_with_all(ct::function{ct::reduce_sum(x * rate)}, data, 2) == 42.0f);
    BOOST_TEST(called_with_all(ct::function{ct::reduce_sum(x * w) * rate}, data, 2) == 2 * (321.0f + 654.0f));
    using sum = ct::function<std::remove_const_t<decltype(ct::reduce_sum(x))>>;
    static_assert(sum::accepts<decltype(x = data), decltype(ct::if_used(rate = 2.0f))>);
    static_assert(!sum::accepts<decltype(x = data), decltype(rate = 2.0f)>);
    static_assert(!sum::accepts<decltype(ct::if_used(rate = 2.0f))>);                  // x is not fed
    static_assert(!sum::accepts<decltype(x = data), decltype(ct::if_used(x = data))>); // twice
    static_assert(!sum::accepts<decltype(ct::if_used(x = std::vector<double>{}))>);    // used, of another dtype
    const auto bound = ct::function{ct::reduce_sum(x)}.bind(x = data, ct::if_used(rate = 2.0f));
    static_cast<void>(bound);
}

BOOST_AUTO_TEST_CASE(a_size_that_no_data_say_is_refused) {
    const ct::function f{ct::broadcast_to(rate, ct::dims<N, 2>)};
    const std::array<float, 6> data{};
    BOOST_CHECK_THROW(f(rate = 2.0f), ct::error);
    BOOST_CHECK_THROW(f(rate = 2.0f, ct::if_used(x = data)), ct::error); // x is not read, so its data say nothing
}

BOOST_AUTO_TEST_CASE(function_is_reentrant) {
    const ct::function f{ct::reduce_sum(ct::exp(x) / ct::reduce_sum(ct::exp(x), ct::axis<1>, ct::keepdims))};
    std::vector<std::thread> threads;
    std::array<float, 4> totals{};
    for (std::size_t t = 0; t < totals.size(); ++t)
        threads.emplace_back([&, t] {
            const std::vector<float> data(3 * (t + 1), static_cast<float>(t));
            for (int i = 0; i < 200; ++i) totals[t] = f(x = data);
        });
    for (std::thread& t : threads) t.join();
    for (std::size_t t = 0; t < totals.size(); ++t) BOOST_TEST(std::abs(totals[t] - static_cast<float>(t + 1)) < 1e-5f);
}

BOOST_AUTO_TEST_SUITE_END()
