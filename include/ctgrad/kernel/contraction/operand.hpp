// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/matrix.hpp>
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

/// Whether the axes of node `id` up to `last` lie in memory as one.
template <class P>
constexpr bool lie_as_one(int id, int last) {
    const walk over = walk_of(P::graph(), P::plan, id);
    for (int k = 0; k < last; ++k)
        if (!(over.stride[k] == over.stride[k + 1] * extent_of(P::graph()[id].shape[k + 1], P::plan.dimensions))) return false;
    return true;
}

/// How the leading axes of a product are handled.
enum class leading_axes : std::uint8_t {
    one_by_one, ///< A product for each; also where there are none.
    as_rows,    ///< All are rows of one product: the right operand is the same for each.
    as_depth    ///< Products are summed along them: the operands have them, the result has not.
};
template <class P>
constexpr leading_axes leading_axes_of(const node& product) {
    const int a = product.inputs[0], b = product.inputs[1], row = product.shape.rank - 2;
    if (product.op->form == product_form::outer_products) return leading_axes::as_depth;
    const walk right = walk_of(P::graph(), P::plan, b);
    for (int k = 0; k < row; ++k)
        if (right.stride[k].factor != 0) return leading_axes::one_by_one;
    return row > 0 && lie_as_one<P>(a, row) ? leading_axes::as_rows : leading_axes::one_by_one;
}

/// Operand `K` (0 or 1) of the matrix product that is node `Id` of program `P`. Where products are summed along the
/// leading axes, those and the next are the depth: the rows of b, and of a, which is transposed.
template <class P, int Id, int K>
struct contraction_operand {
    static constexpr node result = P::graph()[Id];
    static constexpr int id = result.inputs[K];
    static constexpr walk over = walk_of(P::graph(), P::plan, id);
    static constexpr int last = P::graph()[id].shape.rank - 1;
    static constexpr leading_axes leading = leading_axes_of<P>(result);
    static constexpr int batch_axes = leading == leading_axes::one_by_one ? last - 1 : 0;
    static constexpr bool is_transposed = leading == leading_axes::as_depth && K == 0;
    static constexpr int row = is_transposed ? last : last - 1, column = is_transposed ? last - 1 : last;
    static_assert(leading != leading_axes::as_depth || lie_as_one<P>(id, last - 1));

    static constexpr extent_product extent(int axis) {
        extent_product all = extent_of(P::graph()[id].shape[axis], P::plan.dimensions);
        const bool with_leading = leading == leading_axes::as_depth || (leading == leading_axes::as_rows && K == 0);
        for (int k = 0; with_leading && axis == last - 1 && k < axis; ++k)
            all = all * extent_of(P::graph()[id].shape[k], P::plan.dimensions);
        return all;
    }
    static constexpr extent_product rows = extent(row);
    static constexpr extent_product columns = extent(column);

    /// Where both are, the longer axis says; of an axis of one element the stride does not matter.
    static constexpr adjacent along = [] {
        constexpr extent_product one{};
        const bool in_rows = over.stride[column] == one, in_columns = over.stride[row] == one;
        if (in_columns && (!in_rows || columns == one)) return adjacent::in_columns;
        return in_rows ? adjacent::in_rows : adjacent::none;
    }();

    [[gnu::always_inline]] static auto at(const arguments& args, const std::int64_t* batch) {
        const auto s = strided_over<P, id>(args);
        matrix<std::remove_pointer_t<decltype(s.data)>> m{s.data, value_of<over.stride[row]>(args.sizes),
                                                          value_of<over.stride[column]>(args.sizes)};
        for (int k = 0; k < batch_axes; ++k) m.data += batch[k] * s.stride[k];
        return m;
    }
};

} // namespace ctgrad::detail
