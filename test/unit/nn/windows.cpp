// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/convolution.hpp>

#include "golden_windows.hpp"

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

namespace ct = ctgrad;
using ct::padding, ct::same, ct::strides, ct::dilations, ct::pool_size;

namespace {

constexpr auto N = ct::dim<"N">;

/// The numbers of test/conformance/windows.py.
std::vector<double> numbers(std::size_t count, std::size_t step) {
    std::vector<double> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = (static_cast<double>(i * step % 19) - 9) / 4;
    return all;
}

void compare(const ct::value_list& got, const std::vector<double>& wanted) {
    BOOST_REQUIRE_EQUAL(static_cast<std::size_t>(got.size()), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) BOOST_TEST(std::abs(got[static_cast<int>(i)] - wanted[i]) < 1e-12);
}

/// A tensor of the result's shape, and the sum of the result times it.
template <class Y>
constexpr auto dy_of = [] {
    return []<std::size_t... K>(std::index_sequence<K...>) {
        return ct::placeholder<"dy", double, Y::shape()[static_cast<int>(K)]...>;
    }(std::make_index_sequence<static_cast<std::size_t>(Y::rank)>{});
}();

template <class X, class Kernel, class Y>
void check(X x, Kernel kernel, Y y, const golden::window_case& expected) {
    constexpr auto dy = dy_of<Y>;
    constexpr auto grads = ct::gradient(ct::reduce_sum(Y{} * dy), X{}, Kernel{});
    const auto of_x = numbers(expected.dx.size(), 7), of_kernel = numbers(expected.dkernel.size(), 5),
               of_y = numbers(expected.y.size(), 11);
    compare(ct::evaluate(y, x = of_x, kernel = of_kernel), expected.y);
    compare(ct::evaluate(grads[x], x = of_x, dy = of_y, kernel = of_kernel), expected.dx);
    compare(ct::evaluate(grads[kernel], x = of_x, dy = of_y, kernel = of_kernel), expected.dkernel);
}
template <class X, class Y>
void check(X x, Y y, const golden::window_case& expected) {
    constexpr auto dy = dy_of<Y>;
    constexpr auto grads = ct::gradient(ct::reduce_sum(Y{} * dy), X{});
    const auto of_x = numbers(expected.dx.size(), 7), of_y = numbers(expected.y.size(), 11);
    compare(ct::evaluate(y, x = of_x), expected.y);
    compare(ct::evaluate(grads[x], x = of_x, dy = of_y), expected.dx);
}

template <ct::dimension... D>
constexpr auto x_of = ct::placeholder<"x", double, D...>;
template <ct::dimension... D>
constexpr auto k_of = ct::variable<"k", double, D...>;

} // namespace

BOOST_AUTO_TEST_SUITE(nn_windows)

BOOST_AUTO_TEST_CASE(convolutions_are_those_of_tensorflow) {
    {
        constexpr auto x = x_of<N, 4, 5, 2>;
        constexpr auto k = k_of<3, 3, 2, 3>;
        check(x, k, ct::conv2d(x, k, padding = same), golden::conv2d_same);
    }
    {
        constexpr auto x = x_of<N, 5, 6, 2>;
        constexpr auto k = k_of<3, 2, 2, 2>;
        check(x, k, ct::conv2d(x, k, strides<2, 2>, padding = same), golden::conv2d_same_strides);
    }
    {
        constexpr auto x = x_of<N, 6, 7, 2>;
        constexpr auto k = k_of<3, 2, 2, 2>;
        check(x, k, ct::conv2d(x, k, strides<2, 3>), golden::conv2d_valid_strides);
    }
    {
        constexpr auto x = x_of<N, 5, 7, 1>;
        constexpr auto k = k_of<2, 3, 1, 2>;
        check(x, k, ct::conv2d(x, k, padding = ct::valid, dilations<2, 3>), golden::conv2d_dilations);
    }
    {
        constexpr auto x = x_of<N, 5, 4, 1>;
        constexpr auto k = k_of<3, 3, 1, 2>;
        check(x, k, ct::conv2d(x, k, padding = same, dilations<2>), golden::conv2d_same_dilations);
    }
    {
        constexpr auto x = x_of<N, 3, 4, 4>;
        constexpr auto k = k_of<3, 3, 2, 4>;
        check(x, k, ct::conv2d(x, k, padding = same), golden::conv2d_groups);
    }
}

BOOST_AUTO_TEST_CASE(convolutions_along_one_axis_and_three) {
    {
        constexpr auto x = x_of<N, 7, 2>;
        constexpr auto k = k_of<3, 2, 2>;
        check(x, k, ct::conv1d(x, k, padding = ct::causal, dilations<2>), golden::conv1d_causal);
    }
    {
        constexpr auto x = x_of<N, 6, 2>;
        constexpr auto k = k_of<4, 2, 3>;
        check(x, k, ct::conv1d(x, k, padding = same), golden::conv1d_same_even);
    }
    {
        constexpr auto x = x_of<N, 3, 5, 4, 2>;
        constexpr auto k = k_of<2, 2, 2, 2, 2>;
        check(x, k, ct::conv3d(x, k, strides<1, 2, 1>), golden::conv3d_valid);
    }
}

BOOST_AUTO_TEST_CASE(depthwise_and_transposed_convolutions) {
    {
        constexpr auto x = x_of<N, 5, 4, 2>;
        constexpr auto k = k_of<3, 3, 2, 2>;
        check(x, k, ct::depthwise_conv2d(x, k, strides<2>, padding = same), golden::depthwise_same);
    }
    {
        constexpr auto x = x_of<N, 3, 2, 2>;
        constexpr auto k = k_of<3, 3, 3, 2>;
        check(x, k, ct::conv2d_transpose(x, k, strides<2>, padding = same), golden::transpose_same);
    }
    {
        constexpr auto x = x_of<N, 2, 3, 2>;
        constexpr auto k = k_of<3, 2, 1, 2>;
        check(x, k, ct::conv2d_transpose(x, k, strides<2, 3>), golden::transpose_valid);
    }
}

BOOST_AUTO_TEST_CASE(pooling_is_that_of_tensorflow) {
    {
        constexpr auto x = x_of<N, 5, 6, 2>;
        check(x, ct::max_pool2d(x, pool_size<3>, strides<2>, padding = same), golden::max_pool_same);
        check(x, ct::avg_pool2d(x, pool_size<3, 2>, strides<2>, padding = same), golden::avg_pool_same);
    }
    {
        constexpr auto x = x_of<N, 5, 4, 1>;
        check(x, ct::max_pool2d(x, pool_size<2, 2>), golden::max_pool_valid);
        check(x, ct::avg_pool2d(x, pool_size<2>), golden::avg_pool_valid);
    }
    {
        constexpr auto x = x_of<N, 7, 2>;
        check(x, ct::max_pool1d(x, pool_size<3>, strides<1>, padding = same), golden::max_pool1d);
    }
    {
        constexpr auto x = x_of<N, 3, 4, 3, 1>;
        check(x, ct::avg_pool3d(x, pool_size<2>, padding = same), golden::avg_pool3d);
    }
}

BOOST_AUTO_TEST_CASE(layers_have_the_shapes_and_variables_of_keras) {
    constexpr auto x = x_of<N, 8, 9, 6>;
    constexpr auto checked = [](auto layer, ct::tensor_shape expected) { return layer(x_of<N, 8, 9, 6>).shape() == expected; };
    static_assert(checked(ct::conv2d<4, 3>(), ct::shape(N, 6, 7, 4)));
    static_assert(checked(ct::conv2d<4, 3, 2>(strides<2>, padding = same, ct::channel_groups<2>), ct::shape(N, 4, 5, 4)));
    static_assert(checked(ct::conv2d<4, 3>(ct::dilation_rate<2>), ct::shape(N, 4, 5, 4)));
    static_assert(checked(ct::depthwise_conv2d<3>(ct::depth_multiplier<2>), ct::shape(N, 6, 7, 12)));
    static_assert(checked(ct::separable_conv2d<5, 3>(padding = same), ct::shape(N, 8, 9, 5)));
    static_assert(checked(ct::conv2d_transpose<5, 3>(strides<2>, padding = same), ct::shape(N, 16, 18, 5)));
    static_assert(checked(ct::conv2d_transpose<5, 3>(strides<2>), ct::shape(N, 17, 19, 5)));
    static_assert(checked(ct::max_pooling2d<>(), ct::shape(N, 4, 4, 6)));
    static_assert(checked(ct::average_pooling2d<3>(padding = same), ct::shape(N, 3, 3, 6)));
    static_assert(checked(ct::global_average_pooling2d(), ct::shape(N, 6)));
    static_assert(checked(ct::global_max_pooling2d(ct::keep_dimensions<true>), ct::shape(N, 1, 1, 6)));
    static_assert(checked(ct::zero_padding2d<1, 0, 2, 3>(), ct::shape(N, 9, 14, 6)));
    static_assert(checked(ct::up_sampling2d<2, 3>(), ct::shape(N, 16, 27, 6)));

    constexpr auto kernel = ct::variable<"conv2d/kernel", double, 3, 2, 3, 4>;
    constexpr auto bias = ct::variable<"conv2d/bias", double, 4>;
    constexpr auto by_layer = ct::conv2d<4, 3, 2>(ct::relu, ct::channel_groups<2>)(x);
    static_assert(by_layer.root().hash == ct::relu(ct::conv2d(x, kernel) + bias).root().hash);
    constexpr auto each = ct::variable<"separable_conv2d/depthwise_kernel", double, 3, 3, 6, 1>;
    constexpr auto point = ct::variable<"separable_conv2d/pointwise_kernel", double, 1, 1, 6, 5>;
    constexpr auto separable = ct::separable_conv2d<5, 3>(ct::use_bias<false>, strides<2>)(x);
    static_assert(separable.root().hash == ct::separable_conv2d(x, each, point, strides<2>).root().hash);
    constexpr auto turned = ct::variable<"conv2d_transpose/kernel", double, 3, 3, 5, 6>;
    constexpr auto transposed = ct::conv2d_transpose<5, 3>(ct::use_bias<false>)(x);
    static_assert(transposed.root().hash == ct::conv2d_transpose(x, turned).root().hash);
}

BOOST_AUTO_TEST_CASE(padding_and_up_sampling_move_elements) {
    constexpr auto x = x_of<N, 2, 2, 1>;
    const std::vector<double> data{1, 2, 3, 4};
    compare(ct::evaluate(ct::zero_padding2d<1, 0, 0, 1>()(x), x = data), {0, 0, 0, 1, 2, 0, 3, 4, 0});
    compare(ct::evaluate(ct::up_sampling2d<1, 2>()(x), x = data), {1, 1, 2, 2, 3, 3, 4, 4});
    compare(ct::evaluate(ct::up_sampling2d<2>()(x), x = data), {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4});
    constexpr auto slope = ct::gradient(ct::reduce_sum(ct::square(ct::up_sampling2d<2>()(x))), x)[x];
    compare(ct::evaluate(slope, x = data), {8, 16, 24, 32});
}

BOOST_AUTO_TEST_CASE(of_equal_elements_the_first_is_the_largest_and_nan_before_all) {
    constexpr auto x = x_of<N, 4, 1>;
    constexpr auto pooled = ct::max_pool1d(x, pool_size<2>);
    constexpr auto slope = ct::gradient(ct::reduce_sum(pooled), x)[x];
    compare(ct::evaluate(slope, x = std::vector<double>{3, 3, -1, 2}), {1, 0, 0, 1});
    const std::vector<double> with_nan{1, NAN, NAN, 5};
    const ct::value_list found = ct::evaluate(pooled, x = with_nan);
    BOOST_TEST((std::isnan(found[0]) && std::isnan(found[1])));
    compare(ct::evaluate(slope, x = with_nan), {0, 1, 1, 0});
}

BOOST_AUTO_TEST_CASE(each_example_has_its_own_gradient_of_a_kernel) {
    constexpr auto x = x_of<N, 4, 4, 2>;
    constexpr auto k = k_of<3, 3, 2, 2>;
    constexpr auto y = ct::conv2d(x, k, padding = same);
    const auto agrees = [&]<class Pooled>(Pooled) {
        constexpr auto losses = ct::reduce_sum(ct::square(Pooled{}), ct::axis<1, 2, 3>);
        constexpr auto each = ct::per_example_gradient(losses, k)[k];
        constexpr auto all = ct::gradient(ct::reduce_sum(losses), k)[k];
        const auto of_x = numbers(3 * 32, 7), of_k = numbers(36, 5);
        const ct::value_list together = ct::evaluate(each, x = of_x, k = of_k);
        for (std::size_t e = 0; e < 3; ++e) {
            const auto from = of_x.begin() + static_cast<std::ptrdiff_t>(32 * e);
            const ct::value_list alone = ct::evaluate(all, x = std::vector<double>(from, from + 32), k = of_k);
            for (int i = 0; i < 36; ++i) BOOST_TEST(std::abs(together[static_cast<int>(e) * 36 + i] - alone[i]) < 1e-10);
        }
    };
    agrees(ct::max_pool2d(y, pool_size<2>));
    agrees(ct::avg_pool2d(y, pool_size<3>, strides<2>, padding = same));
    agrees(ct::conv2d_transpose(y, k, strides<2>));
}

BOOST_AUTO_TEST_CASE(windows_of_an_axis_are_a_view) {
    constexpr auto x = x_of<N, 5>;
    constexpr auto w = ct::windows(x, ct::axis<1>, ct::window<2, 2>);
    static_assert(w.shape() == ct::shape(N, 2, 2));
    compare(ct::evaluate(w, x = std::vector<double>{1, 2, 3, 4, 5}), {1, 2, 3, 4});
    compare(ct::evaluate(ct::gradient(ct::reduce_sum(ct::square(w)), x)[x], x = std::vector<double>{1, 2, 3, 4, 5}), {2, 4, 6, 8, 0});
}

BOOST_AUTO_TEST_SUITE_END()
