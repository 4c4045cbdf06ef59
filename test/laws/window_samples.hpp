// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "samples.hpp"

#include <ctgrad/ops/window_ops.hpp>

#include <cmath>

// Uses of the ops of windows.

namespace laws {

/// Different numbers, away from equal ones: a leaf of the dtype under test.
inline ref numbers(trial& t, const ct::tensor_shape& s) {
    const ref made = t.leaf(s, {});
    ct::value_list& values = t.input.leaves[t.data_of[t.data_of.size() - 1]].values;
    std::int64_t size = 1;
    for (int k = 0; k < s.rank; ++k) size *= t.input.size_of(s[k]);
    const int leaf = t.data_of.size();
    for (int i = 0; i < static_cast<int>(size); ++i) values.push_back(ct::rounded(t.type, 1.5 * std::sin(2.3 * i + leaf) + 0.01 * i));
    return made;
}

/// Two window axes, the second with a stride, a dilation and zeros in front; shapes of x, kernel and y of a convolution that has them.
inline ct::attributes two_windows(int strides, int dilations, int pad) {
    ct::attributes a;
    ct::detail::write_window_axis(a, 0, {.stride = 1, .dilation = 1, .pad = 1});
    ct::detail::write_window_axis(a, 1, {.stride = strides, .dilation = dilations, .pad = pad});
    return a;
}
inline ref convolution_part(trial& t, int wanted, const ct::attributes& how, const ct::tensor_shape& x, const ct::tensor_shape& kernel,
                            const ct::tensor_shape& y) {
    ct::attributes a = how;
    a.shape = wanted == 0 ? x : wanted == 1 ? kernel : y;
    if (wanted == 0) return ct::apply<ct::convolution_input_op>(a, numbers(t, kernel), numbers(t, y));
    if (wanted == 1) return ct::apply<ct::convolution_kernel_op>(a, numbers(t, x), numbers(t, y));
    return ct::apply<ct::convolution_op>(a, numbers(t, x), numbers(t, kernel));
}
template <int Wanted>
std::vector<sample> of_convolutions() {
    return {
        [](trial& t) { return convolution_part(t, Wanted, two_windows(2, 1, 0), shape(N, 2, 4, 2), shape(2, 2, 2, 2), shape(N, 2, 2, 2)); },
        [](trial& t) { return convolution_part(t, Wanted, two_windows(1, 2, 1), shape(N, 2, 4, 2), shape(3, 2, 1, 2), shape(N, 2, 4, 2)); },
        [](trial& t) { // one for each of two sets
            ct::attributes a;
            ct::detail::write_window_axis(a, 0, {.stride = 2, .dilation = 1, .pad = 1});
            return convolution_part(t, Wanted, a, shape(2, N, 4, 2), shape(2, 3, 2, 1), shape(2, N, 2, 1));
        },
    };
}
template <>
inline std::vector<sample> samples<ct::convolution_input_op>() {
    return of_convolutions<0>();
}
template <>
inline std::vector<sample> samples<ct::convolution_kernel_op>() {
    return of_convolutions<1>();
}
template <>
inline std::vector<sample> samples<ct::convolution_op>() {
    return of_convolutions<2>();
}

inline ct::attributes one_window(const ct::tensor_shape& s, int axis, int strides, int dilations) {
    ct::attributes a;
    a.shape = s;
    a.numbers[0] = axis;
    a.numbers[1] = strides;
    a.numbers[2] = dilations;
    return a;
}
template <>
inline std::vector<sample> samples<ct::windows_op>() {
    return {
        [](trial& t) { return ct::windows(numbers(t, shape(N, 5, 2)), ct::axis<1>, ct::window<3>); },
        [](trial& t) { return ct::windows(numbers(t, shape(N, 7)), ct::axis<-1>, ct::window<2, 2, 3>); },
        [](trial& t) { // of what is no leaf, turned
            const ref x = ct::transpose(ct::sin(numbers(t, shape(5, N))));
            return ct::reduce_sum(ct::square(ct::windows(x, ct::axis<1>, ct::window<3>)), ct::axis<1>);
        },
    };
}
template <>
inline std::vector<sample> samples<ct::overlap_add_op>() {
    return {
        [](trial& t) { return ct::apply<ct::overlap_add_op>(one_window(shape(N, 5, 2), 1, 1, 1), numbers(t, shape(N, 3, 3, 2))); },
        [](trial& t) { return ct::apply<ct::overlap_add_op>(one_window(shape(N, 7), 1, 2, 3), numbers(t, shape(N, 2, 2))); },
    };
}

inline ct::attributes pooling(const ct::tensor_shape& s) {
    ct::attributes a;
    a.shape = s;
    ct::detail::write_pooling_axis(a, 0, {.stride = 2, .pad = 1, .window = 3});
    return a;
}
template <>
inline std::vector<sample> samples<ct::pick_largest_op>() {
    return {
        [](trial& t) {
            const ref x = numbers(t, shape(N, 5, 2));
            return ct::apply<ct::pick_largest_op>(pooling(shape(N, 3, 2)), x, x * x);
        },
        [](trial& t) {
            return ct::apply<ct::pick_largest_op>(
                pooling(shape(N, 3, 2)), t.add_leaf(shape(N, 5, 2), t.type, {1, 2, 1, 3, 5, 3, 5, 3, 2, 1, 0, 0, 0, 0, 0, 0, -1, 2, -1, 2}),
                numbers(t, shape(N, 5, 2)));
        },
    };
}
template <>
inline std::vector<sample> samples<ct::place_largest_op>() {
    return {[](trial& t) {
        return ct::apply<ct::place_largest_op>(
            pooling(shape(N, 5, 2)), t.add_leaf(shape(N, 5, 2), t.type, {1, 2, 1, 3, 5, 3, 5, 3, 2, 1, 0, 0, 0, 0, 0, 0, -1, 2, -1, 2}),
            numbers(t, shape(N, 3, 2)));
    }};
}

} // namespace laws
