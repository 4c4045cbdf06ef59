// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/error.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/compare.hpp>
#include <ctgrad/simd/vec.hpp>

#include <type_traits>

/// @file Ops that compute items, the last axes of their inputs, one like the other: matrices of a batch, rows of a table.

namespace ctgrad {

/// What an op asks of the sizes of its items, up to three numbers: rows, columns, flags. What they mean, the op says.
struct item_sizes {
    static constexpr bool is_fixed = false;
    int n = 0;
    int k = 0;
    int flags = 0;
};
/// The same, known to the compiler.
template <int N, int K, int Flags>
struct fixed_item_sizes {
    static constexpr bool is_fixed = true;
    static constexpr int n = N, k = K, flags = Flags;
};

namespace detail {

/// The truth of one item, or of as many as there are lanes.
template <class V>
using truth_of = decltype(V(0) < V(0));

/// Whether `x` is neither 0 nor NaN.
template <class V>
constexpr truth_of<V> is_proper(V x) {
    return (x < V(0)) | (x > V(0));
}

/// Swaps a and b in the lanes where the condition holds.
template <class V>
[[gnu::always_inline]] constexpr void swap_where(truth_of<V> condition, V& a, V& b) {
    const V first = a;
    a = simd::select(condition, b, a);
    b = simd::select(condition, first, b);
}

/// How many elements an item of rank `axes` at the end of `shape` has.
constexpr std::int64_t item_elements(const std::int64_t* extent, int rank, int leading) {
    std::int64_t count = 1;
    for (int k = leading; k < rank; ++k) count *= extent[k];
    return count;
}

/// Copies an item at `index` of the leading axes, row-major.
template <class T>
constexpr list<double> copy_item(const strided<T>& x, const std::int64_t* index, int leading) {
    list<double> made;
    std::int64_t at[max_rank]{};
    for (int k = 0; k < leading; ++k) at[k] = index[k];
    for_each_index(x.rank - leading, x.extent + leading, [&](const std::int64_t* inner) {
        for (int k = leading; k < x.rank; ++k) at[k] = inner[k - leading];
        made.push_back(static_cast<double>(x.at(at)));
    });
    return made;
}

} // namespace detail

/// The base of ops that compute items. An op adds `name`, `arity`, `infer`, and
///
/// - `item_axes`: how many last axes of the first input are one item. The axes before them are the same for all inputs and the result;
/// - `sizes(attributes, input shapes)`: `item_sizes`, static numbers; `flops(item_sizes)`: how many operations that takes;
/// - `compute(sizes, out, in...)`: the formula, on items that lie row-major in arrays of V: a scalar, or a vector with one item a lane.
///   It returns in which lanes there is no result;
/// - `failure`, if that can be: what is wrong then, "is singular". A call that meets one throws `ctgrad::error`;
/// - `unread`, if need be: inputs, as bits, that are there for the derivative only.
///
/// The kernel (kernel/items.hpp) lays items side by side in lanes where they are small.
template <class Op>
struct item_op {
    static constexpr op_kind kind = op_kind::general;
    static constexpr unsigned unread = 0;

    static constexpr std::int64_t item_flops(const attributes& asked, const tensor_shape* in) { return Op::flops(Op::sizes(asked, in)); }

    template <class Out, class... In>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const In&... in) {
        const std::int64_t* extents[] = {in.extent...};
        const int ranks[] = {in.rank...};
        tensor_shape shapes[max_arity];
        for (int i = 0; i < static_cast<int>(sizeof...(In)); ++i)
            for (int k = 0; k < ranks[i]; ++k) shapes[i].append(extents[i][k]);
        const item_sizes s = Op::sizes(asked, shapes);
        const int leading = ranks[0] - Op::item_axes;
        for_each_index(leading, out.extent, [&](const std::int64_t* index) {
            list<double> made(static_cast<int>(detail::item_elements(out.extent, out.rank, leading)));
            if (Op::compute(s, made.data(), detail::copy_item(in, index, leading).data()...)) refuse();
            std::int64_t at[max_rank]{};
            int next = 0;
            for (int k = 0; k < leading; ++k) at[k] = index[k];
            for_each_index(out.rank - leading, out.extent + leading, [&](const std::int64_t* inner) {
                for (int k = leading; k < out.rank; ++k) at[k] = inner[k - leading];
                out.at(at) = static_cast<Out>(made[next++]);
            });
        });
    }

private:
    [[noreturn]] static void refuse() {
        if constexpr (requires { Op::failure; })
            fail(error_text("ctgrad: '") << Op::name << "': a matrix " << Op::failure);
        else
            std::abort();
    }
};

} // namespace ctgrad
