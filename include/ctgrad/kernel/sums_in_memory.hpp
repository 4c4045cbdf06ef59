// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/block_sum.hpp>
#include <ctgrad/kernel/unrolled.hpp>

namespace ctgrad::detail {

/// The sums that run on in the elements of output `R` of kernel `S`, a loop, until their blocks are moved to the workspace.
template <class P, int S, int R>
struct sums_in_memory {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr walk out = loop.outputs[R].out;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    static constexpr running_sums running = running_sums_of_output<P, S, R>();
    using scalar = scalar_of<P::graph()[loop.outputs[R].node].type>;

    /// The sums of their blocks.
    [[gnu::always_inline]] static block_sum<scalar>* blocks(const arguments& a) {
        std::int64_t offset = 0;
        unrolled(up_to<R>,
                 [&]<int Earlier>() __attribute__((always_inline)) { offset += running_sums_of_output<P, S, Earlier>().room(a.sizes); });
        return a.template block_sums<P, block_sum<scalar>>(offset);
    }

    /// At the end of index `index` along an axis, where the innermost axes begin at `from`.
    template <int Axis>
    [[gnu::always_inline]] static void settle(const arguments& a, std::int64_t index, scalar* from, std::int64_t n) {
        if constexpr (Axis < inner && out.stride[Axis].factor == 0)
            if ((index + 1) % indices_of_block<Axis>(a.sizes) == 0 && running.are_long(a.sizes))
                settle_axis<Axis + 1>(a, blocks(a) + (from - a.template address<scalar>(out.from)), from, n);
    }

private:
    /// How many indices along `Axis` make a block: each has as many terms as there are along inner axes.
    template <int Axis>
    [[gnu::always_inline]] static std::int64_t indices_of_block(const std::int64_t* sizes) {
        constexpr extent_product inside = [] {
            extent_product terms;
            for (int k = Axis + 1; k < inner; ++k)
                if (out.stride[k].factor == 0) terms = terms * loop.extent[k];
            return terms;
        }();
        const std::int64_t terms = value_of<inside>(sizes);
        return terms > 0 && terms < longest_chain ? longest_chain / terms : 1;
    }
    /// All elements along `Axis` and inner axes.
    template <int Axis>
    static void settle_axis(const arguments& a, block_sum<scalar>* to, scalar* from, std::int64_t n) {
        const std::int64_t stride = value_of<out.stride[Axis]>(a.sizes);
        if constexpr (Axis < inner) {
            const std::int64_t indices = out.stride[Axis].factor == 0 ? 1 : value_of<loop.extent[Axis]>(a.sizes);
            for (std::int64_t i = 0; i < indices; ++i) settle_axis<Axis + 1>(a, to + i * stride, from + i * stride, n);
        } else if constexpr (out.stride[inner].factor == 0)
            settle_block(to, from);
        else if (stride == 1)
            settle_blocks(to, from, n);
        else
            for (std::int64_t i = 0; i < n; ++i) settle_block(to + i * stride, from + i * stride);
    }
};

} // namespace ctgrad::detail
