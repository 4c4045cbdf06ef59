// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/transpose.hpp>
#include <ctgrad/kernel/run_program.hpp>
#include <ctgrad/ops/item_op.hpp>
#include <ctgrad/simd/any.hpp>

/// @file Kernels of ops that compute items: matrices of a batch, rows of a table (`ops/item_op.hpp` says what such an op has).

namespace ctgrad::detail {

/// Memory up to which an operand is laid out with an item in each lane, in bytes: more would need too much of the stack, which holds three.
inline constexpr std::int64_t most_in_lanes = 64 * 1024;

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_item(std::string_view op, std::string_view failure, std::int64_t item) {
    fail(error_text("ctgrad: '") << op << "': matrix " << item << " of the batch " << failure);
}

/// An item in memory, rows by columns, -1 where a stride is known at run time only.
struct item_layout {
    int rows = 1, columns = 1;
    std::int64_t row_stride = 0, column_stride = 0;

    constexpr int elements() const { return rows * columns; }
};

/// Loads `Count` adjacent elements of each lane's item, from element `first` on: element e goes to `to[place(e)]`.
template <int Count, class T, class Place>
[[gnu::always_inline]] inline void load_run(const T* const* at, std::int64_t first, const Place& place, full_vec<T>* to) {
    constexpr int W = simd::native_lanes<T>, piece = piece_lanes<T>;
    if constexpr (Count < piece)
        for (int e = 0; e < Count; ++e) {
            alignas(64) T lanes[static_cast<std::size_t>(W)];
            for (int l = 0; l < W; ++l) lanes[l] = at[l][first + e];
            to[place(e)] = simd::load<full_vec<T>>(lanes);
        }
    else
        for (int c = 0; c < Count; c += piece) {
            const int e = c + piece <= Count ? c : Count - piece; // the last may overlap the one before
            counted<full_vec<T>, piece> x;
            const auto load = [&](int i) __attribute__((always_inline)) {
                return load_pieces<T>([&](int p) __attribute__((always_inline)) { return at[p * piece + i] + first + e; });
            };
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((x[I] = load(I)), ...); }(up_to<piece>);
            transpose_pieces(&x[0]);
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((to[place(e + I)] = x[I]), ...); }(up_to<piece>);
        }
}

/// Loads an item into each lane, row-major.
template <item_layout L, class T>
[[gnu::always_inline]] inline void load_items(const T* const* at, std::int64_t row_stride, std::int64_t column_stride, full_vec<T>* to) {
    constexpr int W = simd::native_lanes<T>;
    constexpr auto in_order = [](int e) { return e; };
    if constexpr (L.column_stride == 1 && (L.row_stride == L.columns || L.rows == 1))
        load_run<L.elements()>(at, 0, in_order, to);
    else if constexpr (L.row_stride == 1 && (L.column_stride == L.rows || L.columns == 1))
        load_run<L.elements()>(at, 0, [](int e) { return e % L.rows * L.columns + e / L.rows; }, to);
    else if constexpr (L.column_stride == 1)
        for (int r = 0; r < L.rows; ++r) load_run<L.columns>(at, r * row_stride, in_order, to + r * L.columns);
    else
        for (int r = 0; r < L.rows; ++r)
            for (int c = 0; c < L.columns; ++c) {
                alignas(64) T lanes[static_cast<std::size_t>(W)];
                for (int l = 0; l < W; ++l) lanes[l] = at[l][r * row_stride + c * column_stride];
                to[r * L.columns + c] = simd::load<full_vec<T>>(lanes);
            }
}
/// The same of one item.
template <item_layout L, class T>
[[gnu::always_inline]] inline void load_items(const T* const* at, std::int64_t row_stride, std::int64_t column_stride, T* to) {
    for (int r = 0; r < L.rows; ++r)
        for (int c = 0; c < L.columns; ++c) to[r * L.columns + c] = at[0][r * row_stride + c * column_stride];
}

/// Stores the items of the first `count` lanes, `Count` elements each, one behind the other.
template <int Count, class T>
[[gnu::always_inline]] inline void store_items(T* to, std::int64_t count, const full_vec<T>* from) {
    constexpr int W = simd::native_lanes<T>, piece = piece_lanes<T>;
    if constexpr (Count < piece)
        for (int e = 0; e < Count; ++e) {
            alignas(64) T lanes[static_cast<std::size_t>(W)];
            simd::store(lanes, from[e]);
            for (int l = 0; l < count; ++l) to[l * Count + e] = lanes[l];
        }
    else
        for (int c = 0; c < Count; c += piece) {
            const int e = c + piece <= Count ? c : Count - piece;
            counted<full_vec<T>, piece> x;
            [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((x[I] = from[e + I]), ...); }(up_to<piece>);
            transpose_pieces(&x[0]);
            [&]<int... R>(index_pack<R...>) __attribute__((always_inline)) {
                ((R < count ? simd::store(to + R * Count + e, piece_of<R / piece, T>(x[R % piece])) : void()), ...);
            }(up_to<W>);
        }
}
template <int Count, class T>
[[gnu::always_inline]] inline void store_items(T* to, std::int64_t, const T* from) {
    for (int e = 0; e < Count; ++e) to[e] = from[e];
}

template <int W>
[[gnu::always_inline]] inline int first_true(auto failed) {
    for (int l = 0; l < W; ++l)
        if constexpr (W == 1) {
            return 0;
        } else if (failed[l])
            return l;
    return 0;
}

template <class P, int S>
struct item_kernel {
    static constexpr kernel self = P::plan.kernels[S];
    static constexpr node made = P::graph()[self.node];
    using op = op_type<made.op>;
    using T = scalar_of<made.type>;
    static constexpr int leading = P::graph()[made.inputs[0]].shape.rank - op::item_axes;
    static constexpr bool is_read(int k) { return (op::unread >> k & 1u) == 0; }

    template <int Id>
    static constexpr item_layout layout_of = [] {
        constexpr tensor_shape shape = P::graph()[Id].shape;
        constexpr walk over = walk_of(P::graph(), P::plan, Id);
        static_assert(shape.rank - leading <= 2, "an item has at most two axes");
        constexpr int axes = shape.rank - leading, column = axes > 0 ? shape.rank - 1 : 0, row = axes > 1 ? shape.rank - 2 : 0;
        const auto known = [](const extent_product& stride) { return stride.is_static() ? stride.factor : -1; };
        item_layout l;
        if (axes > 0) {
            l.columns = static_cast<int>(shape[column].extent);
            l.column_stride = known(over.stride[column]);
        }
        if (axes > 1) {
            l.rows = static_cast<int>(shape[row].extent);
            l.row_stride = known(over.stride[row]);
        }
        return l;
    }();
    static constexpr item_sizes sizes = [] {
        tensor_shape shapes[max_arity];
        for (int k = 0; k < op::arity; ++k) shapes[k] = P::graph()[made.inputs[k]].shape;
        return op::sizes(made, shapes);
    }();
    /// The number of items where it is known, else -1.
    static constexpr std::int64_t known_count = [] {
        std::int64_t count = 1;
        for (int k = 0; k < leading; ++k) count = count < 0 || !made.shape[k].is_static() ? -1 : count * made.shape[k].extent;
        return count;
    }();
    static constexpr int W = [] {
        constexpr int lanes = simd::native_lanes<T>;
        std::int64_t most = layout_of<self.node>.elements();
        [&]<int... K>(std::integer_sequence<int, K...>) {
            const std::int64_t elements[] = {layout_of<made.inputs[K]>.elements()...};
            for (std::int64_t each : elements) most = each > most ? each : most;
        }(std::make_integer_sequence<int, op::arity>{});
        return known_count == 1 || most * lanes * static_cast<std::int64_t>(sizeof(T)) > most_in_lanes ? 1 : lanes;
    }();
    using V = std::conditional_t<W == 1, T, full_vec<T>>;

    /// One operand: where the items of a group lie.
    template <int K>
    struct operand {
        static constexpr int id = made.inputs[K];
        static constexpr item_layout layout = layout_of<id>;
        alignas(64) V items[static_cast<std::size_t>(is_read(K) ? layout.elements() + (layout.elements() == 0) : 1)];

        [[gnu::always_inline]] void load(const arguments& a, std::int64_t first, std::int64_t count) {
            if constexpr (is_read(K)) {
                const auto s = strided_over<P, id>(a);
                const T* at[static_cast<std::size_t>(W)];
                for (int l = 0; l < W; ++l) {
                    at[l] = s.data;
                    std::int64_t index = first + (l < count ? l : count - 1);
                    for (int k = leading - 1; k > 0; --k) {
                        at[l] += index % s.extent[k] * s.stride[k];
                        index /= s.extent[k];
                    }
                    if (leading > 0) at[l] += index * s.stride[0];
                }
                load_items<layout>(at, s.stride[s.rank > leading + 1 ? s.rank - 2 : 0], s.stride[s.rank > leading ? s.rank - 1 : 0], items);
            }
        }
    };

    template <int... K>
    struct operands : operand<K>... {};

    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& a) {
        using fixed_sizes = fixed_item_sizes<sizes.n, sizes.k, sizes.flags>;
        constexpr int elements = layout_of<self.node>.elements();
        const auto result = strided_result<P, S>(a);
        std::int64_t total = 1;
        for (int k = 0; k < leading; ++k) total *= result.extent[k];
        [&]<int... K>(index_pack<K...>) {
            for (std::int64_t first = 0; first < total; first += W) {
                const std::int64_t count = total - first < W ? total - first : W;
                operands<K...> in;
                (in.operand<K>::load(a, first, count), ...);
                alignas(64) V out[static_cast<std::size_t>(elements + (elements == 0))];
                const auto failed = op::compute(fixed_sizes{}, static_cast<V*>(out), static_cast<const V*>(in.operand<K>::items)...);
                if constexpr (requires { op::failure; })
                    if (simd::any(failed)) [[unlikely]]
                        refuse_item(op::name, op::failure, first + first_true<W>(failed));
                store_items<elements>(result.data + first * elements, count, static_cast<const V*>(out));
            }
        }(up_to<op::arity>);
    }
};

} // namespace ctgrad::detail
