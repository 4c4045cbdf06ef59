// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/overlap.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <span>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 5>;
constexpr auto b = ct::placeholder<"b", float, N, 5>;
constexpr auto M = ct::placeholder<"M", float, 5, 5>;

std::vector<float> numbers(std::size_t count, float first) {
    std::vector<float> made(count);
    for (std::size_t i = 0; i < count; ++i) made[i] = first + static_cast<float>((i * 37) % 101) / 16;
    return made;
}

enum class outcome { refused, right, wrong };

/// What a call does whose result `y` lies over the data of `leaf`.
template <class Y, class Leaf, class... Other>
outcome over(Y y, Leaf leaf, const std::vector<float>& data, const Other&... other) {
    ct::function f{y};
    const auto expected = f(leaf = data, other...);
    std::vector<float> memory = data;
    try {
        f(leaf = memory, other..., y = std::span(memory));
    } catch (const ct::error&) {
        return memory == data ? outcome::refused : outcome::wrong;
    }
    return std::equal(expected.begin(), expected.end(), memory.begin(), memory.end()) ? outcome::right : outcome::wrong;
}

constexpr auto harmless = [](auto y, std::size_t rows) {
    const auto data = numbers(rows * 5, 1), other = numbers(rows * 5, 2);
    return over(y, x, data, b = other) == outcome::right && over(y, b, other, x = data) == outcome::right;
};

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(elementwise_result_may_replace_an_input) {
    for (std::size_t rows : {1u, 3u, 16u, 67u}) {
        BOOST_TEST(harmless(2_c * x + b, rows));
        BOOST_TEST(harmless(ct::tanh(x * b) + ct::exp(-x) * b, rows));
        BOOST_TEST(harmless(ct::where(x < b, x, 2_c * b), rows));
    }
}

BOOST_AUTO_TEST_CASE(result_of_rows_is_right_or_refused_over_an_input) {
    const auto data = numbers(67 * 5, -3), other = numbers(67 * 5, 2);
    const auto holds = [&](auto y) {
        return over(y, x, data, b = other) != outcome::wrong && over(y, b, other, x = data) != outcome::wrong;
    };
    BOOST_TEST(holds(ct::softmax(x) * b));
    BOOST_TEST(holds(b - ct::reduce_sum(x * b, ct::axis<0>)));
    BOOST_TEST(holds((x - ct::reduce_mean(x, ct::axis<1>, ct::keepdims)) * b));
    BOOST_TEST(holds(x * ct::reduce_sum(b, ct::axis<1>, ct::keepdims) + ct::reduce_max(x, ct::axis<1>, ct::keepdims)));
}

BOOST_AUTO_TEST_CASE(result_that_reads_other_elements_is_refused_over_its_input) {
    const auto square = numbers(25, 1);
    BOOST_TEST((over(ct::transpose(M), M, square) == outcome::refused));
    BOOST_TEST((over(ct::matmul(M, M), M, square) == outcome::refused));
    BOOST_TEST((over(ct::matmul(M, M) + M, M, square) == outcome::refused));
    BOOST_TEST((over(ct::transpose(M) + M, M, square) == outcome::refused));
}

BOOST_AUTO_TEST_SUITE_END()
