// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/convolution_shape.hpp>
#include <ctgrad/ops/detail/shields.hpp>

/// @file Convolutions. x, kernel and y of one convolution are what its three ops have and give: the sum over all positions of
/// x kernel y is linear in each, so that the gradient of one op with respect to an input is one of the other two.

namespace ctgrad {

struct convolution_op;
struct convolution_input_op;
struct convolution_kernel_op;

namespace detail {

/// What the three have in common. Which of x (0), kernel (1) and y (2) are the inputs, and which is the result.
template <class Self, int First, int Second, int Result>
struct convolution_part {
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;
    static constexpr int flops = 0;
    static constexpr int first = First, second = Second, result = Result;

    /// The shape is asked for: that of an input does not follow from the other two.
    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        if (in[0]->type != in[1]->type) return {{}, fault::dtypes_must_match};
        out.found = check_domain(domain::floating, in[0]->type);
        out.result.type = in[0]->type;
        return out;
    }

    template <class Out, class A, class B>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const strided<A>& a, const strided<B>& b) {
        const std::int64_t* extent[3]{};
        extent[First] = a.extent;
        extent[Second] = b.extent;
        extent[Result] = out.extent;
        const convolution_shape shape(asked, out.rank, extent[0], extent[1], extent[2]);
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = Out{}; });
        shape.for_each_product(out.rank, extent[2], [&](const std::int64_t* x, const std::int64_t* kernel, const std::int64_t* y) {
            const std::int64_t* at[] = {x, kernel, y};
            out.at(at[Result]) += shielded_term<Out>(window_shields(asked), a.at(at[First]), b.at(at[Second]));
        });
    }

    static constexpr ref derivative(const auto& at) {
        const auto other = at.x(1 - at.wrt);
        constexpr int parts[] = {First, Second};
        const int wanted = parts[at.wrt], kept = parts[1 - at.wrt];
        // The inputs stand in the order x, kernel, y.
        const int gradient = Result < kept ? 0 : 1;
        const bool in_gradient = at.shielded && !is_always_finite(other), in_other = (window_shields(at.attrs()) >> (1 - at.wrt) & 1) != 0;
        attributes a = with_window_shields(at.attrs(), (in_gradient ? 1 << gradient : 0) | (in_other ? 2 >> gradient : 0));
        a.shape = at.x(at.wrt).shape();
        const auto left = gradient == 0 ? at.dy : other, right = gradient == 0 ? other : at.dy;
        return wanted == 0   ? apply<deferred_t<convolution_input_op, decltype(at)>>(a, left, right)
               : wanted == 1 ? apply<deferred_t<convolution_kernel_op, decltype(at)>>(a, left, right)
                             : apply<deferred_t<convolution_op, decltype(at)>>(a, left, right);
    }
    /// Elements of x that meet no window have gradient 0; so have those of a kernel that meet zeros only.
    static constexpr bool may_vanish(const auto& at) {
        constexpr int parts[] = {First, Second};
        if ((window_shields(at.attrs()) >> (1 - at.wrt) & 1) != 0) return true;
        std::int64_t extent[3][max_rank]{};
        const tensor_shape shapes[] = {at.x(0).shape(), at.x(1).shape(), at.y.shape()};
        const int part_of[] = {First, Second, Result};
        for (int i = 0; i < 3; ++i)
            for (int k = 0; k < shapes[i].rank; ++k) extent[part_of[i]][k] = shapes[i][k].extent;
        const convolution_shape shape(at.attrs(), at.y.shape().rank, extent[0], extent[1], extent[2]);
        for (int k = 0; k < shape.axes; ++k)
            if (!shape.axis[k].meets_all(parts[at.wrt])) return true;
        return false;
    }
};

} // namespace detail

/// y of x and kernel: y_po = sum over window elements k and channels c of x_(p stride + k dilation - pad, c) kernel_kco. Outside of x there
/// are zeros.
struct convolution_op : detail::convolution_part<convolution_op, 0, 1, 2> {
    static constexpr char name[] = "convolution";
};
/// x of kernel and y: what each element of x is multiplied by. The gradient of `convolution` to x, and a transposed convolution.
struct convolution_input_op : detail::convolution_part<convolution_input_op, 1, 2, 0> {
    static constexpr char name[] = "convolution_input";
};
/// The kernel of x and y: what each of its elements is multiplied by. The gradient of `convolution` to the kernel.
struct convolution_kernel_op : detail::convolution_part<convolution_kernel_op, 0, 2, 1> {
    static constexpr char name[] = "convolution_kernel";
};

} // namespace ctgrad
