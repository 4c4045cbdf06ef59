// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/nn.hpp>
#include <ctgrad/nn/convolution.hpp>

namespace ct = ctgrad;

namespace reference {

// What stands in all examples below: images of 28 by 28 points with 3 channels, and sequences of 20 steps with 6.
constexpr auto N = ct::dim<"N">;
constexpr auto images = ct::placeholder<"images", float, N, 28, 28, 3>;
constexpr auto sequences = ct::placeholder<"sequences", float, N, 20, 6>;
constexpr auto boxes = ct::placeholder<"boxes", float, N, 8, 8, 8, 2>;

// `windows`: three steps beside each other, each window one step later than the one before
static_assert(ct::windows(sequences, ct::axis<1>, ct::window<3>).shape() == ct::shape(N, 18, 3, 6));

// `conv2d`
constexpr auto kernel = ct::variable<"kernel", float, 5, 5, 3, 8>;
static_assert(ct::conv2d(images, kernel, ct::strides<2, 2>, ct::padding = ct::same).shape() == ct::shape(N, 14, 14, 8));
static_assert(ct::conv2d<8, 5>(ct::relu, ct::strides<2>, ct::padding = ct::same)(images).shape() == ct::shape(N, 14, 14, 8)); // a layer

// `conv1d`
constexpr auto steps = ct::variable<"steps", float, 4, 6, 16>;
static_assert(ct::conv1d(sequences, steps, ct::padding = ct::causal, ct::dilations<2>).shape() == ct::shape(N, 20, 16));
static_assert(ct::conv1d<16, 4>(ct::padding = ct::causal, ct::dilation_rate<2>)(sequences).shape() == ct::shape(N, 20, 16)); // a layer

// `conv3d`
constexpr auto cube = ct::variable<"cube", float, 3, 3, 3, 2, 4>;
static_assert(ct::conv3d(boxes, cube).shape() == ct::shape(N, 6, 6, 6, 4));
static_assert(ct::conv3d<4, 3>()(boxes).shape() == ct::shape(N, 6, 6, 6, 4)); // a layer

// `conv2d_transpose`
constexpr auto wider = ct::variable<"wider", float, 3, 3, 16, 3>;
static_assert(ct::conv2d_transpose(images, wider, ct::strides<2>, ct::padding = ct::same).shape() == ct::shape(N, 56, 56, 16));
static_assert(ct::conv2d_transpose<16, 3>(ct::strides<2>, ct::padding = ct::same)(images).shape() == ct::shape(N, 56, 56, 16)); // a layer

// `conv1d_transpose`
static_assert(ct::conv1d_transpose<4, 2>(ct::strides<2>)(sequences).shape() == ct::shape(N, 40, 4));

// `conv3d_transpose`
constexpr auto grown = ct::variable<"grown", float, 2, 2, 2, 4, 2>;
static_assert(ct::conv3d_transpose(boxes, grown, ct::strides<2>).shape() == ct::shape(N, 16, 16, 16, 4));

// `depthwise_conv2d`
constexpr auto each = ct::variable<"each", float, 3, 3, 3, 2>;
static_assert(ct::depthwise_conv2d(images, each).shape() == ct::shape(N, 26, 26, 6));
static_assert(ct::depthwise_conv2d<3>(ct::depth_multiplier<2>)(images).shape() == ct::shape(N, 26, 26, 6)); // a layer

// `depthwise_conv1d`
static_assert(ct::depthwise_conv1d<3>(ct::padding = ct::same)(sequences).shape() == ct::shape(N, 20, 6));

// `separable_conv2d`
constexpr auto point = ct::variable<"point", float, 1, 1, 6, 10>;
static_assert(ct::separable_conv2d(images, each, point).shape() == ct::shape(N, 26, 26, 10));
static_assert(ct::separable_conv2d<10, 3>(ct::relu, ct::depth_multiplier<2>)(images).shape() == ct::shape(N, 26, 26, 10)); // a layer

// `separable_conv1d`
static_assert(ct::separable_conv1d<10, 3>()(sequences).shape() == ct::shape(N, 18, 10));

// `can_convolve`
static_assert(ct::can_convolve<2, decltype(images), decltype(kernel), decltype(ct::strides<2>)>);

// `max_pool1d`, `max_pool2d`, `max_pool3d`
static_assert(ct::max_pool2d(images, ct::pool_size<3>, ct::strides<2>, ct::padding = ct::same).shape() == ct::shape(N, 14, 14, 3));
static_assert(ct::max_pool1d(sequences, ct::pool_size<4>).shape() == ct::shape(N, 5, 6));
static_assert(ct::max_pool3d(boxes, ct::pool_size<2, 2, 4>).shape() == ct::shape(N, 4, 4, 2, 2));

// `avg_pool1d`, `avg_pool2d`, `avg_pool3d`
static_assert(ct::avg_pool2d(images, ct::pool_size<2, 4>).shape() == ct::shape(N, 14, 7, 3));

// `can_pool`
static_assert(!ct::can_pool<2, decltype(images), decltype(ct::pool_size<29>)>);

// `max_pooling1d`, `max_pooling2d`, `max_pooling3d`
static_assert(ct::max_pooling2d<2>()(images).shape() == ct::shape(N, 14, 14, 3));
static_assert(ct::max_pooling1d<>(ct::pool_size<4>, ct::strides<2>)(sequences).shape() == ct::shape(N, 9, 6));

// `average_pooling1d`, `average_pooling2d`, `average_pooling3d`
static_assert(ct::average_pooling2d<3>(ct::strides<1>, ct::padding = ct::same)(images).shape() == ct::shape(N, 28, 28, 3));

// `global_average_pooling1d`, `global_average_pooling2d`, `global_average_pooling3d`
static_assert(ct::global_average_pooling2d()(images).shape() == ct::shape(N, 3));

// `global_max_pooling1d`, `global_max_pooling2d`, `global_max_pooling3d`
static_assert(ct::global_max_pooling1d(ct::keep_dimensions<true>)(sequences).shape() == ct::shape(N, 1, 6));

// `zero_padding1d`, `zero_padding2d`
static_assert(ct::zero_padding2d<1, 0, 2, 2>()(images).shape() == ct::shape(N, 29, 32, 3)); // top, bottom, left, right

// `up_sampling1d`, `up_sampling2d`
static_assert(ct::up_sampling2d<2, 3>()(images).shape() == ct::shape(N, 56, 84, 3));

} // namespace reference
