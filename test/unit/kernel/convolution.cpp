// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/convolution.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using ct::padding, ct::same, ct::strides, ct::dilations, ct::pool_size;

namespace {

constexpr auto N = ct::dim<"N">;

template <class T>
std::vector<T> numbers(std::size_t count, double step) {
    std::vector<T> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<T>(std::sin(step * static_cast<double>(i)));
    return all;
}

/// Generated code against the interpreter, each to the largest element; NaN must stand where NaN stands.
void compare(const auto& got, const ct::value_list& wanted) {
    double scale = 1e-3;
    for (double w : wanted)
        if (std::isfinite(w)) scale = std::fmax(scale, std::fabs(w));
    for (int i = 0; i < wanted.size(); ++i) {
        const double g = static_cast<double>(got.data()[i]), w = wanted[i];
        const bool good = std::isfinite(w) ? std::fabs(g - w) <= 4e-6 * scale : std::isnan(w) ? std::isnan(g) : g == w;
        BOOST_TEST(good, "element " << i << ": " << g << " instead of " << w);
    }
}

/// A convolution of x and k, and its gradients.
template <class X, class K, class Y>
void check(X x, K k, Y y, const auto& of_x, const auto& of_k) {
    constexpr auto grads = ct::gradient(ct::reduce_sum(ct::square(Y{})), X{}, K{});
    ct::function all{y, grads[x], grads[k]};
    const auto found = all(x = of_x, k = of_k);
    compare(std::get<0>(found), ct::evaluate(y, x = of_x, k = of_k));
    compare(std::get<1>(found), ct::evaluate(grads[x], x = of_x, k = of_k));
    compare(std::get<2>(found), ct::evaluate(grads[k], x = of_x, k = of_k));
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel_convolution)

BOOST_AUTO_TEST_CASE(of_several_strips_and_tiles) {
    constexpr auto x = ct::placeholder<"x", float, N, 5, 31, 4>;
    constexpr auto k = ct::variable<"k", float, 3, 3, 4, 83>;
    check(x, k, ct::conv2d(x, k, padding = same), numbers<float>(2 * 5 * 31 * 4, 0.7), numbers<float>(9 * 4 * 83, 1.3));
}

BOOST_AUTO_TEST_CASE(of_strides_and_dilations_that_have_common_factors_and_have_none) {
    constexpr auto x = ct::placeholder<"x", float, N, 13, 14, 3>;
    constexpr auto k = ct::variable<"k", float, 3, 4, 3, 5>;
    const auto of_x = numbers<float>(2 * 13 * 14 * 3, 0.7), of_k = numbers<float>(12 * 15, 1.3);
    check(x, k, ct::conv2d(x, k, strides<2, 3>, dilations<4, 2>, padding = same), of_x, of_k);
    check(x, k, ct::conv2d(x, k, strides<5>), of_x, of_k); // elements of x that meet no window
}

BOOST_AUTO_TEST_CASE(of_groups_and_of_each_channel_by_itself) {
    constexpr auto x = ct::placeholder<"x", double, N, 6, 7, 6>;
    constexpr auto k = ct::variable<"k", double, 3, 3, 3, 4>;
    constexpr auto each = ct::variable<"each", double, 3, 3, 6, 2>;
    const auto of_x = numbers<double>(2 * 6 * 7 * 6, 0.7);
    check(x, k, ct::conv2d(x, k, dilations<1, 2>), of_x, numbers<double>(9 * 3 * 4, 1.3));
    check(x, each, ct::depthwise_conv2d(x, each, padding = same, strides<2>), of_x, numbers<double>(9 * 6 * 2, 1.3));
    constexpr auto many = ct::placeholder<"x", float, N, 6, 13, 19>;
    constexpr auto one = ct::variable<"one", float, 3, 2, 19, 1>;
    check(many, one, ct::depthwise_conv2d(many, one, padding = same), numbers<float>(2 * 6 * 13 * 19, 0.7), numbers<float>(6 * 19, 1.3));
    check(many, one, ct::depthwise_conv2d(many, one, strides<2, 3>, dilations<1, 2>), numbers<float>(2 * 6 * 13 * 19, 0.7),
          numbers<float>(6 * 19, 1.3));
}

BOOST_AUTO_TEST_CASE(along_three_axes_and_of_a_view) {
    constexpr auto x = ct::placeholder<"x", float, N, 4, 5, 6, 2>;
    constexpr auto k = ct::variable<"k", float, 2, 3, 2, 2, 3>;
    check(x, k, ct::conv3d(x, k, padding = same, strides<1, 2, 1>), numbers<float>(2 * 4 * 5 * 6 * 2, 0.7), numbers<float>(12 * 6, 1.3));
    constexpr auto turned = ct::placeholder<"x", float, N, 3, 8, 7>; // channels first
    constexpr auto flat = ct::variable<"k", float, 4, 3, 2, 2>;      // filters and channels exchanged
    constexpr auto y = ct::conv2d(ct::transpose(turned, ct::permutation<0, 2, 3, 1>), ct::transpose(flat, ct::permutation<2, 3, 1, 0>));
    check(turned, flat, y, numbers<float>(2 * 3 * 8 * 7, 0.7), numbers<float>(4 * 3 * 4, 1.3));
}

BOOST_AUTO_TEST_CASE(deep_ones_are_as_exact_as_others) {
    constexpr auto x = ct::placeholder<"x", float, N, 3, 3, 640>;
    constexpr auto k = ct::variable<"k", float, 3, 3, 640, 2>;
    constexpr auto y = ct::conv2d(x, k);
    std::vector<float> of_x(9 * 640), of_k(2 * 9 * 640);
    for (std::size_t i = 0; i < of_x.size(); ++i) of_x[i] = 1 + 0.01F * static_cast<float>(i % 7);
    for (std::size_t i = 0; i < of_k.size(); ++i) of_k[i] = 0.1F + 0.01F * static_cast<float>(i % 5);
    const auto found = ct::function{y}(x = of_x, k = of_k);
    const ct::value_list wanted = ct::evaluate(y, x = of_x, k = of_k);
    for (int i = 0; i < 2; ++i) BOOST_TEST(std::abs(double(found.data()[i]) - wanted[i]) < 1e-6 * wanted[i]);
}

BOOST_AUTO_TEST_CASE(what_is_infinite_meets_no_zeros_beside_x) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr auto x = ct::placeholder<"x", float, N, 4, 2>;
    constexpr auto k = ct::variable<"k", float, 3, 2, 2>;
    constexpr auto dy = ct::placeholder<"dy", float, N, 4, 2>;
    constexpr auto y = ct::conv1d(x, k, padding = same);
    constexpr auto grads = ct::gradient(ct::reduce_sum(y * dy), x, k);
    auto of_k = numbers<float>(12, 1.3), of_dy = numbers<float>(8, 0.9);
    of_k[1] = infinity;
    of_dy[7] = infinity;
    const auto of_x = numbers<float>(8, 0.7);
    ct::function all{y, grads[x], grads[k]};
    const auto found = all(x = of_x, k = of_k, dy = of_dy);
    compare(std::get<0>(found), ct::evaluate(y, x = of_x, k = of_k));
    compare(std::get<1>(found), ct::evaluate(grads[x], k = of_k, dy = of_dy));
    compare(std::get<2>(found), ct::evaluate(grads[k], x = of_x, dy = of_dy));
}

BOOST_AUTO_TEST_CASE(zeros_that_are_meant_stay_zeros) {
    constexpr auto x = ct::placeholder<"x", float, 1, 4, 2>;
    constexpr auto k = ct::variable<"k", float, 3, 2, 2>;
    constexpr auto kept = ct::placeholder<"kept", std::int32_t, 4, 1>;
    constexpr auto y = ct::where(kept > ct::literal<0>{}, ct::conv1d(x, k, padding = same), ct::literal<0>{});
    constexpr auto grads = ct::gradient(ct::reduce_sum(y), x, k);
    auto of_x = numbers<float>(8, 0.7), of_k = numbers<float>(12, 1.3);
    of_k[10] = of_x[6] = std::numeric_limits<float>::infinity();
    const std::vector<std::int32_t> rows{1, 0, 0, 0};
    ct::function all{grads[x], grads[k]};
    const auto found = all(x = of_x, k = of_k, kept = rows);
    compare(std::get<0>(found), ct::evaluate(grads[x], k = of_k, kept = rows));
    compare(std::get<1>(found), ct::evaluate(grads[k], x = of_x, kept = rows));
    for (int i = 4; i < 8; ++i) BOOST_TEST(std::get<0>(found).data()[i] == 0); // where no window is kept
    for (int i = 0; i < 12; ++i) BOOST_TEST(std::isfinite(std::get<1>(found).data()[i]));
}

BOOST_AUTO_TEST_CASE(second_derivatives_directions_and_gradients_of_each_example) {
    constexpr auto x = ct::placeholder<"x", float, N, 5, 5, 2>;
    constexpr auto k = ct::variable<"k", float, 3, 3, 2, 3>;
    constexpr auto y = ct::max_pool2d(ct::tanh(ct::conv2d(x, k, padding = same)), pool_size<2>, strides<1>);
    constexpr auto losses = ct::reduce_sum(ct::square(y), ct::axis<1, 2, 3>);
    constexpr auto slope = ct::gradient(ct::reduce_mean(losses), k)[k];
    constexpr auto second = ct::gradient(ct::reduce_sum(ct::square(slope)), k)[k];
    constexpr auto each = ct::per_example_gradient(losses, k)[k];
    const auto of_x = numbers<float>(2 * 50, 0.7), of_k = numbers<float>(54, 1.3);
    ct::function all{second, each};
    const auto found = all(x = of_x, k = of_k);
    compare(std::get<0>(found), ct::evaluate(second, x = of_x, k = of_k));
    compare(std::get<1>(found), ct::evaluate(each, x = of_x, k = of_k));
}

BOOST_AUTO_TEST_CASE(bias_and_relu_wait_for_the_largest) {
    constexpr auto x = ct::placeholder<"x", float, N, 6, 4, 3>;
    constexpr auto b = ct::variable<"b", float, 3>;
    constexpr auto by_height = ct::variable<"h", float, 6, 1, 1>;
    constexpr auto y = ct::max_pool2d(ct::relu(x + b), pool_size<2>);
    check(x, b, y, numbers<float>(2 * 72, 0.7), numbers<float>(3, 1.3));
    constexpr auto moved = ct::relu(ct::max_pool2d(x, pool_size<2>) + b);
    constexpr ct::function written{y};
    constexpr ct::function by_hand{moved};
    static_assert(ct::figures(written, N = 64).flops == ct::figures(by_hand, N = 64).flops);
    check(x, by_height, ct::max_pool2d(x + by_height, pool_size<2>), numbers<float>(2 * 72, 0.7), numbers<float>(6, 1.3));
}

BOOST_AUTO_TEST_CASE(pooling_of_vectors_and_of_what_is_left) {
    constexpr auto x = ct::placeholder<"x", float, N, 6, 7, 19>;
    std::vector<float> of_x = numbers<float>(2 * 6 * 7 * 19, 0.7);
    for (float& each : of_x) each = std::round(3 * each); // with equal ones
    of_x[5] = of_x[200] = std::numeric_limits<float>::quiet_NaN();
    const auto both = [&]<class Y>(Y y) {
        constexpr auto slope = ct::gradient(ct::reduce_sum(Y{} * ct::sin(ct::cast<float>(Y{} > ct::literal<0>{}))), x)[x];
        ct::function all{y, slope};
        const auto found = all(x = of_x);
        compare(std::get<0>(found), ct::evaluate(y, x = of_x));
        compare(std::get<1>(found), ct::evaluate(slope, x = of_x));
    };
    both(ct::max_pool2d(x, pool_size<2>, padding = same));
    both(ct::max_pool2d(x, pool_size<3, 7>, strides<3, 7>));
    both(ct::avg_pool2d(x, pool_size<3>, strides<2>, padding = same));
}

BOOST_AUTO_TEST_SUITE_END()
