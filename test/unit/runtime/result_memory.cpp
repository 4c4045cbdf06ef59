// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/function.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <span>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 5>;
constexpr auto M = ct::placeholder<"M", float, 5, 5>;

std::vector<float> numbers(std::size_t count, float first) {
    std::vector<float> made(count);
    for (std::size_t i = 0; i < count; ++i) made[i] = first + static_cast<float>((i * 37) % 101) / 16;
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(result_beside_the_place_of_its_input_is_refused) {
    constexpr auto y = 2_c * x;
    ct::function f{y};
    std::vector<float> memory = numbers(30, 1);
    const std::vector<float> before = memory;
    const std::span all(memory);
    for (std::size_t shift : {1u, 4u, 5u, 19u}) {
        BOOST_CHECK_THROW(f(x = all.subspan(0, 20).first(20), y = all.subspan(shift < 11 ? shift : 10, 20)), ct::error);
        BOOST_CHECK_THROW(f(y = all.first(20), x = all.subspan(shift < 11 ? shift : 10, 20)), ct::error);
    }
    BOOST_TEST(memory == before, boost::test_tools::per_element());
    f(x = all.first(15), y = all.last(15)); // side by side
    BOOST_TEST(memory[15] == 2 * before[0]);
}

BOOST_AUTO_TEST_CASE(two_results_do_not_share_memory) {
    constexpr auto y = 2_c * x;
    constexpr auto z = 3_c * x;
    ct::function f{y, z};
    const auto data = numbers(20, 1);
    std::vector<float> memory(30);
    const std::span all(memory);
    BOOST_CHECK_THROW(f(x = data, y = all.first(20), z = all.first(20)), ct::error);
    BOOST_CHECK_THROW(f(x = data, y = all.first(20), z = all.last(20)), ct::error);
    BOOST_CHECK_THROW(f.bind(x = data, y = all.last(20), z = all.first(20)), ct::error);
    const std::vector<float> zeros(30);
    BOOST_TEST(memory == zeros, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(result_is_refused_over_what_another_step_reads_later) {
    constexpr auto y = 2_c * x;
    constexpr auto total = ct::reduce_sum(ct::matmul(ct::transpose(x), x) * M);
    const auto data = numbers(20, 1), weights = numbers(25, 1);
    ct::function f{y, total};
    const auto [doubled, expected] = f(x = data, M = weights);
    std::vector<float> memory = data;
    float sum = 0;
    bool good = false;
    try {
        f(x = memory, M = weights, y = std::span(memory), total = sum);
        good = sum == expected && std::equal(memory.begin(), memory.end(), doubled.begin());
    } catch (const ct::error&) {
        good = memory == data;
    }
    BOOST_TEST(good);
}

BOOST_AUTO_TEST_CASE(empty_results_overlap_nothing) {
    constexpr auto y = 2_c * x;
    constexpr auto z = 3_c * x;
    std::vector<float> nothing, memory(4);
    ct::function f{y, z};
    BOOST_CHECK_NO_THROW(f(x = std::span(memory).first(0), y = std::span(memory).first(0), z = std::span(memory).first(0)));
}

BOOST_AUTO_TEST_CASE(scalar_result_is_refused_over_its_input) {
    constexpr auto sum = ct::reduce_sum(x);
    ct::function f{sum};
    std::vector<float> data = numbers(20, 1);
    const auto before = data;
    BOOST_CHECK_THROW(f(x = data, sum = std::span(data).subspan(7, 1)), ct::error);
    BOOST_CHECK_THROW(f(x = data, sum = data[19]), ct::error);
    BOOST_TEST(data == before, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bound_call_asks_the_same) {
    constexpr auto y = 2_c * x + 1_c;
    constexpr auto turned = ct::transpose(M);
    std::vector<float> memory{1, 2, 3, 4, 5};
    std::vector<float> square(25);
    auto step = ct::function{y}.bind(x = memory, y = std::span(memory));
    step(), step();
    BOOST_TEST(memory[0] == 7);
    BOOST_CHECK_THROW(ct::function{turned}.bind(M = square, turned = square), ct::error);
}

BOOST_AUTO_TEST_CASE(argument_may_be_kept) {
    constexpr auto sum = ct::reduce_sum(x);
    ct::function f{sum};
    const auto data = numbers(20, 1);
    const auto named = (x = data);
    const auto held = (x = numbers(20, 1));
    const auto shown = (x = std::span(data));
    BOOST_TEST(f(named) == f(x = data));
    BOOST_TEST(f(held) == f(x = data));
    BOOST_TEST(f(shown) == f(x = data));
    BOOST_TEST(f(x = numbers(20, 1)) == f(x = data));
    BOOST_TEST(f.bind(held)() == f(x = data));
    BOOST_TEST(f.bind(x = std::span(data))() == f(x = data));
}

BOOST_AUTO_TEST_CASE(kept_number_is_a_copy) {
    constexpr auto rate = ct::placeholder<"rate", float>;
    ct::function f{2_c * rate};
    const auto kept = [&] { return rate = 1.5F; }();
    BOOST_TEST(f(kept) == 3);
    float number = 2;
    const auto named = (rate = number);
    number = 4;
    BOOST_TEST(f(named) == 8);
    BOOST_TEST(f.bind(rate = 1.0F)() == 2);
}

BOOST_AUTO_TEST_CASE(bind_says_what_it_takes) {
    using f = decltype(ct::function{ct::reduce_sum(x)});
    static_assert(f::binds<decltype(x = std::declval<std::vector<float>&>())>);
    static_assert(f::binds<decltype(x = std::declval<std::span<float>>())>);
    static_assert(!f::binds<decltype(x = std::declval<std::vector<float>>())>);
    static_assert(f::accepts<decltype(x = std::declval<std::vector<float>>())>);
}

BOOST_AUTO_TEST_CASE(input_as_result_is_copied) {
    const auto data = numbers(20, 1);
    const auto copy = ct::function{x}(x = data);
    BOOST_TEST(copy.data() != data.data());
    BOOST_TEST(copy[19] == data[19]);
}

BOOST_AUTO_TEST_SUITE_END()
