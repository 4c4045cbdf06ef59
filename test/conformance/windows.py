#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""windows.py > unit/nn/golden_windows.hpp: convolutions and pooling by plain loops over TensorFlow's formulas.

Independent of the library: what it says of padding is that of tf.nn ("SAME": the result has ceil(n / stride) elements, and of the
missing ones the smaller half is in front), windows are walked element by element, and each product adds to y, dx and dkernel.
Input number i of a tensor is ((i * step) % 19 - 9) / 4, where step is 7 for x, 5 for the kernel and 11 for dy."""

import itertools


def product(numbers):
    result = 1
    for n in numbers:
        result *= n
    return result


class Tensor:
    def __init__(self, shape, step=None):
        self.shape = list(shape)
        self.data = [0.0 if step is None else (i * step % 19 - 9) / 4 for i in range(product(shape))]

    def at(self, index):
        place = 0
        for i, n in zip(index, self.shape):
            assert 0 <= i < n
            place = place * n + i
        return place

    def __getitem__(self, index):
        return self.data[self.at(index)]

    def add(self, index, value):
        self.data[self.at(index)] += value


def padded(n, window, stride, dilation, padding):
    """The extent of the result, and how many zeros are in front."""
    span = (window - 1) * dilation + 1
    if padding == "valid":
        return (n - span) // stride + 1, 0
    count = -(-n // stride)
    if padding == "causal":
        return count, span - 1
    return count, max((count - 1) * stride + span - n, 0) // 2


def convolution(x_shape, kernel_shape, strides, dilations, padding):
    axes = len(x_shape) - 2
    x, kernel = Tensor(x_shape, 7), Tensor(kernel_shape, 5)
    ends = [padded(x_shape[k + 1], kernel_shape[k], strides[k], dilations[k], padding) for k in range(axes)]
    y_shape = [x_shape[0], *(count for count, _ in ends), kernel_shape[-1]]
    y, dy, dx, dkernel = Tensor(y_shape), Tensor(y_shape, 11), Tensor(x_shape), Tensor(kernel_shape)
    in_group = kernel_shape[-2]
    out_group = kernel_shape[-1] // (x_shape[-1] // in_group)
    for n, o in itertools.product(range(x_shape[0]), range(kernel_shape[-1])):
        for p in itertools.product(*(range(count) for count, _ in ends)):
            for k in itertools.product(*(range(extent) for extent in kernel_shape[:axes])):
                at = [p[i] * strides[i] + k[i] * dilations[i] - ends[i][1] for i in range(axes)]
                if any(not 0 <= at[i] < x_shape[i + 1] for i in range(axes)):
                    continue
                for c in range(in_group):
                    of_x, of_kernel, of_y = (n, *at, o // out_group * in_group + c), (*k, c, o), (n, *p, o)
                    y.add(of_y, x[of_x] * kernel[of_kernel])
                    dx.add(of_x, dy[of_y] * kernel[of_kernel])
                    dkernel.add(of_kernel, dy[of_y] * x[of_x])
    return y, dx, dkernel


def depthwise(x_shape, kernel_shape, strides, padding):
    """tf.nn.depthwise_conv2d: channel c M + m of the result is channel c by filter m."""
    x, kernel = Tensor(x_shape, 7), Tensor(kernel_shape, 5)
    many = kernel_shape[3]
    ends = [padded(x_shape[k + 1], kernel_shape[k], strides[k], 1, padding) for k in range(2)]
    y_shape = [x_shape[0], ends[0][0], ends[1][0], x_shape[3] * many]
    y, dy, dx, dkernel = Tensor(y_shape), Tensor(y_shape, 11), Tensor(x_shape), Tensor(kernel_shape)
    for n, p, q, c, m, k, l in itertools.product(range(x_shape[0]), range(ends[0][0]), range(ends[1][0]), range(x_shape[3]),
                                                 range(many), range(kernel_shape[0]), range(kernel_shape[1])):
        h, w = p * strides[0] + k - ends[0][1], q * strides[1] + l - ends[1][1]
        if 0 <= h < x_shape[1] and 0 <= w < x_shape[2]:
            y.add((n, p, q, c * many + m), x[n, h, w, c] * kernel[k, l, c, m])
            dx.add((n, h, w, c), dy[n, p, q, c * many + m] * kernel[k, l, c, m])
            dkernel.add((k, l, c, m), dy[n, p, q, c * many + m] * x[n, h, w, c])
    return y, dx, dkernel


def transposed(x_shape, kernel_shape, strides, padding):
    """Each element of x spreads the kernel over the result; of the full result, ends are cut so that P stride elements remain ("same")."""
    x, kernel = Tensor(x_shape, 7), Tensor(kernel_shape, 5)
    if padding == "same":
        kept = [x_shape[k + 1] * strides[k] for k in range(2)]
        cut = [max(kernel_shape[k] - strides[k], 0) // 2 for k in range(2)]
    else:
        kept = [x_shape[k + 1] * strides[k] + max(kernel_shape[k] - strides[k], 0) for k in range(2)]
        cut = [0, 0]
    y_shape = [x_shape[0], *kept, kernel_shape[2]]
    y, dy, dx, dkernel = Tensor(y_shape), Tensor(y_shape, 11), Tensor(x_shape), Tensor(kernel_shape)
    for n, p, q, c, k, l, o in itertools.product(*(range(e) for e in x_shape), *(range(e) for e in kernel_shape[:3])):
        h, w = p * strides[0] + k - cut[0], q * strides[1] + l - cut[1]
        if 0 <= h < kept[0] and 0 <= w < kept[1]:
            y.add((n, h, w, o), x[n, p, q, c] * kernel[k, l, o, c])
            dx.add((n, p, q, c), dy[n, h, w, o] * kernel[k, l, o, c])
            dkernel.add((k, l, o, c), dy[n, h, w, o] * x[n, p, q, c])
    return y, dx, dkernel


def pooling(x_shape, window, strides, padding, largest):
    axes = len(x_shape) - 2
    x = Tensor(x_shape, 7)
    ends = [padded(x_shape[k + 1], window[k], strides[k], 1, padding) for k in range(axes)]
    y_shape = [x_shape[0], *(count for count, _ in ends), x_shape[-1]]
    y, dy, dx = Tensor(y_shape), Tensor(y_shape, 11), Tensor(x_shape)
    for n, c in itertools.product(range(x_shape[0]), range(x_shape[-1])):
        for p in itertools.product(*(range(count) for count, _ in ends)):
            places = []
            for k in itertools.product(*(range(extent) for extent in window)):
                at = [p[i] * strides[i] + k[i] - ends[i][1] for i in range(axes)]
                if all(0 <= at[i] < x_shape[i + 1] for i in range(axes)):
                    places.append((n, *at, c))
            if largest:
                best = places[0]
                for place in places:
                    best = place if x[place] > x[best] else best
                y.add((n, *p, c), x[best])
                dx.add(best, dy[(n, *p, c)])
            else:
                for place in places:
                    y.add((n, *p, c), x[place] / len(places))
                    dx.add(place, dy[(n, *p, c)] / len(places))
    return y, dx, None


CASES = {
    "conv2d_same": lambda: convolution([2, 4, 5, 2], [3, 3, 2, 3], [1, 1], [1, 1], "same"),
    "conv2d_same_strides": lambda: convolution([1, 5, 6, 2], [3, 2, 2, 2], [2, 2], [1, 1], "same"),
    "conv2d_valid_strides": lambda: convolution([1, 6, 7, 2], [3, 2, 2, 2], [2, 3], [1, 1], "valid"),
    "conv2d_dilations": lambda: convolution([1, 5, 7, 1], [2, 3, 1, 2], [1, 1], [2, 3], "valid"),
    "conv2d_same_dilations": lambda: convolution([1, 5, 4, 1], [3, 3, 1, 2], [1, 1], [2, 2], "same"),
    "conv2d_groups": lambda: convolution([1, 3, 4, 4], [3, 3, 2, 4], [1, 1], [1, 1], "same"),
    "conv1d_causal": lambda: convolution([2, 7, 2], [3, 2, 2], [1], [2], "causal"),
    "conv1d_same_even": lambda: convolution([1, 6, 2], [4, 2, 3], [1], [1], "same"),
    "conv3d_valid": lambda: convolution([1, 3, 5, 4, 2], [2, 2, 2, 2, 2], [1, 2, 1], [1, 1, 1], "valid"),
    "depthwise_same": lambda: depthwise([1, 5, 4, 2], [3, 3, 2, 2], [2, 2], "same"),
    "transpose_same": lambda: transposed([1, 3, 2, 2], [3, 3, 3, 2], [2, 2], "same"),
    "transpose_valid": lambda: transposed([1, 2, 3, 2], [3, 2, 1, 2], [2, 3], "valid"),
    "max_pool_same": lambda: pooling([1, 5, 6, 2], [3, 3], [2, 2], "same", True),
    "max_pool_valid": lambda: pooling([2, 5, 4, 1], [2, 2], [2, 2], "valid", True),
    "max_pool1d": lambda: pooling([2, 7, 2], [3], [1], "same", True),
    "avg_pool_same": lambda: pooling([1, 5, 6, 2], [3, 2], [2, 2], "same", False),
    "avg_pool_valid": lambda: pooling([2, 5, 4, 1], [2, 2], [2, 2], "valid", False),
    "avg_pool3d": lambda: pooling([1, 3, 4, 3, 1], [2, 2, 2], [2, 2, 2], "same", False),
}


def main():
    print("// SPDX-License-Identifier: BSL-1.0\n#pragma once\n\n// Written by test/conformance/windows.py, which says what they are.\n")
    print("#include <vector>\n\n// clang-format off\nnamespace golden {\n")
    print("/// What a case must give: the result, and the gradients of the sum of it times dy.")
    print("struct window_case {\n    std::vector<double> y, dx, dkernel;\n};\n")
    for name, make in CASES.items():
        lists = ["{" + ", ".join(repr(v) for v in (tensor.data if tensor else [])) + "}" for tensor in make()]
        print(f"inline const window_case {name}{{")
        for each in lists:
            line = "   "
            for word in (each + ",").split(" "):
                if len(line) + len(word) > 138:
                    print(line)
                    line = "   "
                line += " " + word
            print(line)
        print("};")
    print("\n} // namespace golden\n// clang-format on")


if __name__ == "__main__":
    main()
