// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/contract.hpp>
#include <ctgrad/kernel/strided_walk.hpp>

namespace ctgrad::detail {

/// `E` as an extent of a product: `fixed` where it is known.
template <extent_product E>
[[gnu::always_inline]] constexpr auto product_extent(const std::int64_t* sizes) {
    if constexpr (E.is_static())
        return fixed<E.factor>{};
    else
        return value_of<E>(sizes);
}

/// Operand `K` (0 or 1) of the matrix product that is step `S` of program `P`.
template <class P, int S, int K>
struct contraction_operand {
    static constexpr node result = P::graph()[P::plan.steps[S].node];
    static constexpr int id = result.inputs[K];
    static constexpr int row = result.shape.rank - 2, column = row + 1;
    static constexpr walk over = walk_of(P::graph(), P::plan, id);
    static constexpr extent_product rows = extent_of(P::graph()[id].shape[row], P::plan.dimensions);
    static constexpr extent_product columns = extent_of(P::graph()[id].shape[column], P::plan.dimensions);

    /// Where both are, the longer axis says; of an axis of one element the stride does not matter.
    static constexpr adjacent along = [] {
        constexpr extent_product one{};
        const bool in_rows = over.stride[column] == one, in_columns = over.stride[row] == one;
        if (in_columns && (!in_rows || columns == one)) return adjacent::in_columns;
        return in_rows ? adjacent::in_rows : adjacent::none;
    }();

    [[gnu::always_inline]] static auto at(const arguments& args, const std::int64_t* batch) {
        const auto s = strided_over<P, id>(args);
        matrix<std::remove_pointer_t<decltype(s.data)>> m{s.data, value_of<over.stride[row]>(args.sizes), value_of<over.stride[column]>(args.sizes)};
        for (int k = 0; k < row; ++k) m.data += batch[k] * s.stride[k];
        return m;
    }
};

/// Runs step `S` of program `P`, a matrix product over equal leading axes.
template <class P, int S>
struct contraction_runner {
    using a = contraction_operand<P, S, 0>;
    using b = contraction_operand<P, S, 1>;
    static constexpr dtype D = a::result.type;
    using scalar = scalar_of<D>;
    using rows = decltype(product_extent<a::rows>(nullptr));
    using depth = decltype(product_extent<a::columns>(nullptr));
    using columns = decltype(product_extent<b::columns>(nullptr));
    static constexpr contraction_plan plan =
        plan_contraction<scalar>(a::along, b::along, fixed_value<rows>, fixed_value<depth>, fixed_value<columns>);

    [[gnu::always_inline]] static void run(const arguments& args) {
        const strided<scalar> c = strided_result<P, S>(args);
        for_each_index(a::row, c.extent, [&](const std::int64_t* batch) __attribute__((always_inline)) {
            row_major_sink<scalar> sink{c.data, value_of<b::columns>(args.sizes)};
            for (int k = 0; k < a::row; ++k) sink.data += batch[k] * c.stride[k];
            contract<D, a::along, b::along>(a::at(args, batch), b::at(args, batch), product_extent<a::rows>(args.sizes),
                                            product_extent<a::columns>(args.sizes), product_extent<b::columns>(args.sizes), sink);
        });
    }
    /// Keeps what a large product has on the stack out of the caller's frame.
    [[gnu::noinline]] static void call(const arguments& args) { run(args); }
};

template <class P, int S>
[[gnu::always_inline]] inline void run_contraction(const arguments& args) {
    using runner = contraction_runner<P, S>;
    if constexpr (runner::plan.method == contraction_method::plain)
        runner::run(args);
    else
        runner::call(args);
}

} // namespace ctgrad::detail
