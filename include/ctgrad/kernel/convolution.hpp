// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/convolution/gather.hpp>
#include <ctgrad/kernel/convolution/outer.hpp>
#include <ctgrad/kernel/convolution/repair.hpp>
#include <ctgrad/kernel/run_program.hpp>
#include <ctgrad/ops/convolution.hpp>

namespace ctgrad::detail {

/// The convolution that kernel `S` of program `P` computes a part of.
template <class P, int S>
struct convolution_of {
    static constexpr node self = P::graph()[P::plan.kernels[S].node];
    using op = op_type<self.op>;
    using scalar = scalar_of<self.type>;

    static constexpr convolution_shape shape = [] {
        std::int64_t extent[3][max_rank]{};
        const int parts[] = {op::first, op::second, op::result};
        const tensor_shape* const shapes[] = {&P::graph()[self.inputs[0]].shape, &P::graph()[self.inputs[1]].shape, &self.shape};
        for (int i = 0; i < 3; ++i)
            for (int k = 0; k < self.shape.rank; ++k) extent[parts[i]][k] = (*shapes[i])[k].extent;
        return convolution_shape(self, self.shape.rank, extent[0], extent[1], extent[2]);
    }();

    /// Extents but those of examples and sets are constants.
    static constexpr bool is_static = [] {
        bool fixed = shape.channels > 0 && shape.outputs > 0 && shape.group_channels > 0;
        for (int k = 0; k < shape.axes; ++k)
            fixed = fixed && shape.axis[k].input > 0 && shape.axis[k].output > 0 && shape.axis[k].window > 0;
        return fixed;
    }();
};

/// Runs it for each set, with `repair` behind it where needed.
template <class P, int S>
struct convolution_kernel {
    using what = convolution_of<P, S>;
    using T = typename what::scalar;
    using op = typename what::op;
    static constexpr bool exists = what::is_static;
    static constexpr const convolution_shape& shape = what::shape;
    static constexpr bool is_outer = op::result == 1;
    using kernel = std::conditional_t<is_outer, outer_convolution<T, what::shape>, gather_convolution<T, what::shape, op::result == 0>>;
    static constexpr std::int64_t bytes = [] {
        if constexpr (exists)
            return kernel::bytes;
        else
            return std::int64_t{0};
    }();

    static void run(const arguments& args) {
        const auto a = strided_over<P, what::self.inputs[0]>(args), b = strided_over<P, what::self.inputs[1]>(args);
        const auto out = strided_result<P, S>(args);
        std::byte* const memory = args.template block_sums<P, std::byte>();
        const std::int64_t sets = shape.has_sets() ? out.extent[0] : 1;
        for (std::int64_t set = 0; set < sets; ++set) {
            const auto first = spatial_of(a, shape, set, op::first == 1), second = spatial_of(b, shape, set, op::second == 1);
            const auto to = spatial_of(out, shape, set, is_outer);
            if constexpr (op::result == 0)
                kernel::run(second, first, to, memory); // y, then the kernel
            else
                kernel::run(first, second, to, memory);
        }
        if (needs_repair(a, b, out)) repair<op::first, op::second, op::result>(shape, shields, out, a, b);
    }

private:
    static constexpr int shields = window_shields(what::self);

    /// Zeros beside x, or those that are meant, may have met an infinite number.
    static bool needs_repair(const strided<const T>& a, const strided<const T>& b, const strided<T>& out) {
        constexpr bool first_is_kernel = op::first == 1;
        if constexpr (is_outer)
            return !all_finite(out.data, out.size());
        else
            return (shields >> (first_is_kernel ? 0 : 1) & 1) != 0 || !all_finite(first_is_kernel ? a : b);
    }
};

template <class P, int S>
struct special_kernel<P, S, convolution_op> : convolution_kernel<P, S> {};
template <class P, int S>
struct special_kernel<P, S, convolution_input_op> : convolution_kernel<P, S> {};
template <class P, int S>
struct special_kernel<P, S, convolution_kernel_op> : convolution_kernel<P, S> {};

} // namespace ctgrad::detail
