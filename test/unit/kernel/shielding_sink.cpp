// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/kernel/contraction/shielding_sink.hpp>

#include <ctgrad/nn/activations.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

// An example of weight 0 adds nothing to the gradient of weights, be its numbers infinite or NaN: the kernels of products keep
// meant zeros, however they lay their lanes, and also in parts.

namespace ct = ctgrad;

namespace {

constexpr auto N = ct::dim<"N">;

template <class T>
std::vector<T> numbers(std::size_t count, unsigned seed) {
    std::vector<T> x(count);
    for (T& e : x) {
        seed = seed * 1664525u + 1013904223u;
        e = static_cast<T>(seed >> 8) / static_cast<T>(1 << 24) - T(0.5);
    }
    return x;
}

/// Gives each third example weight 0, and `bad` the numbers that must not count where `good` has zeros.
template <class T>
struct examples {
    std::vector<T> weights, good, bad;

    examples(std::size_t count, std::size_t width) : weights(count, T(1.5)), good(numbers<T>(count * width, 7)), bad(good) {
        constexpr T spoilt[] = {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity(),
                                -std::numeric_limits<T>::infinity()};
        for (std::size_t i = 0; i < count; i += 3) {
            weights[i] = 0;
            for (std::size_t k = 0; k < width; ++k) {
                good[i * width + k] = 0;
                bad[i * width + k] = spoilt[k % 3];
            }
        }
    }
};

template <class Found, class Expected>
void check_equal(const Found& found, const Expected& expected) {
    BOOST_REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        BOOST_TEST(std::fabs(double(found[i] - expected[i])) <= 1e-5 * (1 + std::fabs(double(expected[i]))),
                   "element " << i << ": " << found[i]);
}

template <class T, int Width, int Hidden>
void check_network() {
    constexpr auto x = ct::placeholder<"x", T, N, Width>;
    constexpr auto w = ct::placeholder<"w", T, N>;
    constexpr auto W = ct::variable<"W", T, Width, Hidden>;
    constexpr auto V = ct::variable<"V", T, Hidden, Hidden>;
    constexpr auto losses = ct::reduce_sum(ct::square(ct::matmul(ct::relu(ct::matmul(x, W)), V)), ct::axis<1>);
    constexpr auto grads = ct::gradient(ct::reduce_mean(losses * w), W, V);
    const ct::function f{grads[W], grads[V]};
    const std::vector<T> first = numbers<T>(Width * Hidden, 1), second = numbers<T>(Hidden * Hidden, 2);
    for (const std::size_t count : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{131}}) {
        const examples<T> data(count, Width);
        const auto [good_W, good_V] = f(x = data.good, w = data.weights, W = first, V = second);
        const auto [bad_W, bad_V] = f(x = data.bad, w = data.weights, W = first, V = second);
        check_equal(bad_W, good_W);
        check_equal(bad_V, good_V);
        const auto [split_W, split_V] = f(ct::serial{}, x = data.bad, w = data.weights, W = first, V = second);
        check_equal(split_W, good_W);
        check_equal(split_V, good_V);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(lanes_along_rows_keep_meant_zeros) { check_network<float, 20, 10>(); }
BOOST_AUTO_TEST_CASE(lanes_along_columns_keep_meant_zeros) { check_network<float, 33, 48>(); }
BOOST_AUTO_TEST_CASE(blocks_of_many_columns_keep_meant_zeros) { check_network<double, 40, 100>(); }
BOOST_AUTO_TEST_CASE(a_single_weight_keeps_meant_zeros) { check_network<float, 1, 1>(); }

BOOST_AUTO_TEST_CASE(products_summed_along_leading_axes_keep_meant_zeros) {
    constexpr auto x = ct::placeholder<"x", float, N, 3, 8>;
    constexpr auto w = ct::placeholder<"w", float, N>;
    constexpr auto W = ct::variable<"W", float, 8, 5>;
    constexpr auto losses = ct::reduce_sum(ct::square(ct::matmul(x, W)), ct::axis<1, 2>);
    const ct::function f{ct::gradient(ct::reduce_sum(losses * w), W)[W]};
    const std::vector<float> weights = numbers<float>(40, 3);
    const examples<float> data(50, 24);
    check_equal(f(x = data.bad, w = data.weights, W = weights), f(x = data.good, w = data.weights, W = weights));
}

BOOST_AUTO_TEST_CASE(weights_that_are_an_operand_of_a_product_keep_meant_zeros) {
    constexpr auto x = ct::placeholder<"x", float, N, 4>;
    constexpr auto w = ct::placeholder<"w", float, 1, N>;
    constexpr auto W = ct::variable<"W", float, 4, 3>;
    const ct::function f{ct::gradient(ct::reduce_sum(ct::matmul(w, ct::square(ct::matmul(x, W)))), W)[W]};
    const std::vector<float> weights = numbers<float>(12, 5);
    const examples<float> data(50, 4);
    check_equal(f(x = data.bad, w = data.weights, W = weights), f(x = data.good, w = data.weights, W = weights));
}

BOOST_AUTO_TEST_CASE(what_is_not_meant_stays_nan) {
    constexpr auto x = ct::placeholder<"x", float, N, 4>;
    constexpr auto w = ct::placeholder<"w", float, N>;
    constexpr auto W = ct::variable<"W", float, 4, 3>;
    const ct::function f{ct::gradient(ct::reduce_sum(ct::reduce_sum(ct::square(ct::matmul(x, W)), ct::axis<1>) * w), W)[W]};
    examples<float> data(9, 4);
    data.weights[3] = 1;
    for (float d : f(x = data.bad, w = data.weights, W = numbers<float>(12, 4))) BOOST_TEST(std::isnan(d));
}

BOOST_AUTO_TEST_SUITE_END()
