// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/loop_body.hpp>

namespace ctgrad::detail {

/// Runs step `S` of program `P`, a loop: elementwise, or reducing as it goes.
template <class P, int S>
class loop_runner {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int rank = loop.rank;
    static constexpr int inner = rank > 0 ? rank - 1 : 0;
    static constexpr step self = P::plan.steps[S];
    static constexpr node root = P::graph()[self.node];
    static constexpr dtype D = root.type;
    static constexpr bool reduces = self.kind == step_kind::loop && root.op->kind == op_kind::reduction;
    using scalar = scalar_of<D>;
    using place_in = position<loop.load_count>;

    static constexpr bool inner_reduced = rank > 0 && loop.reduced[inner];
    static constexpr bool outer_reduced = [] {
        for (int k = 0; k < inner; ++k)
            if (loop.reduced[k]) return true;
        return false;
    }();
    /// Whether elements of the result are combined in memory, from a start at the neutral element.
    static constexpr bool combines_in_memory = reduces && (outer_reduced || !inner_reduced);

    static constexpr bool moves_by_one_or_none(const walk& w) {
        return w.stride[inner] == extent_product{} || w.stride[inner].factor == 0;
    }
    static constexpr bool vectorizes = [] {
        if (rank == 0) return false;
        bool good = moves_by_one_or_none(loop.out);
        for (int i = 0; i < loop.load_count; ++i) good = good && moves_by_one_or_none(loop.loads[i]);
        return good;
    }();
    /// As many lanes as the widest element type of the loop allows.
    static constexpr int width = [] {
        if (!vectorizes) return 1;
        bool doubles = D == dtype::float64;
        for (int t = 0; t < loop.term_count; ++t)
            doubles = doubles || P::graph()[loop.terms[t].node].type == dtype::float64;
        return doubles ? simd::native_lanes<double> : simd::native_lanes<float>;
    }();
    using body = loop_body<P, S, width>;

public:
    static void run(const arguments& a) {
        place_in at;
        for_each_load([&]<int I>(std::integral_constant<int, I>) {
            constexpr walk w = loop.loads[I];
            [&]<int... K>(std::integer_sequence<int, K...>) {
                ((at.offset[I] += w.start_index[K] * value_of<w.start_stride[K]>(a.sizes)), ...);
            }(std::make_integer_sequence<int, w.starts>{});
        });
        scalar* out = a.template address<scalar>(loop.out.from);
        if constexpr (combines_in_memory) clear(a, out);
        nest<0>(a, at, out);
    }

private:
    template <class Visit>
    [[gnu::always_inline]] static void for_each_load(Visit visit) {
        [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
            (visit(std::integral_constant<int, I>{}), ...);
        }(std::make_integer_sequence<int, loop.load_count>{});
    }

    static void clear(const arguments& a, scalar* out) {
        constexpr extent_product kept = [] {
            extent_product e;
            for (int k = 0; k < rank; ++k)
                if (!loop.reduced[k]) e = e * loop.extent[k];
            return e;
        }();
        const std::int64_t size = value_of<kept>(a.sizes);
        for (std::int64_t i = 0; i < size; ++i) out[i] = static_cast<scalar>(root.op->identity);
    }

    template <int Axis>
    [[gnu::always_inline]] static void nest(const arguments& a, place_in at, scalar* out) {
        if constexpr (Axis >= inner)
            row(a, at, out);
        else {
            const std::int64_t n = value_of<loop.extent[Axis]>(a.sizes);
            for (at.index[Axis] = 0; at.index[Axis] < n; ++at.index[Axis]) {
                nest<Axis + 1>(a, at, out);
                for_each_load([&]<int I>(std::integral_constant<int, I>) __attribute__((always_inline)) {
                    at.offset[I] += value_of<loop.loads[I].stride[Axis]>(a.sizes);
                });
                out += value_of<loop.out.stride[Axis]>(a.sizes);
            }
        }
    }

    /// One pass along the innermost axis.
    [[gnu::always_inline]] static void row(const arguments& a, const place_in& at, scalar* out) {
        typename body::values v;
        body::template compute<true>(v, a, at, 0, width);
        const std::int64_t n = rank == 0 ? 1 : value_of<loop.extent[inner]>(a.sizes);
        if constexpr (reduces && inner_reduced)
            reduce_row(v, a, at, out, n);
        else {
            std::int64_t i = 0;
            for (; i + width <= n; i += width) element(v, a, at, out, i, width);
            if constexpr (width > 1)
                if (i < n) element(v, a, at, out, i, static_cast<int>(n - i));
        }
    }

    /// Stores `width` results from element `i` on, of which `n` count, or combines them with what is there.
    [[gnu::always_inline]] static void element(typename body::values& v, const arguments& a, const place_in& at,
                                               scalar* out, std::int64_t i, int n) {
        body::template compute<false>(v, a, at, i, n);
        scalar* to = out;
        if constexpr (rank > 0) to += width == 1 ? i * value_of<loop.out.stride[inner]>(a.sizes) : i;
        auto value = body::result(v);
        if constexpr (reduces) value = op_type<root.op>::combine(load_lanes<D, width>(to, n), value);
        store_lanes<D, width>(to, value, n);
    }

    struct combine {
        template <class V>
        [[gnu::always_inline]] V operator()(V first, V second) const {
            return op_type<root.op>::combine(first, second);
        }
    };

    /// Combines a whole row into one element. Four partial results keep the additions independent.
    [[gnu::always_inline]] static void reduce_row(typename body::values& v, const arguments& a, const place_in& at,
                                                  scalar* out, std::int64_t n) {
        using op = op_type<root.op>;
        using lanes_type = lanes_t<D, width>;
        const lanes_type neutral = fill_lanes<D, width>(static_cast<scalar>(root.op->identity));
        constexpr int parts = width > 1 && loop.term_count <= 24 ? 4 : 1;
        counted<lanes_type, parts> partial;
        for (lanes_type& p : partial) p = neutral;
        std::int64_t i = 0;
        for (; i + parts * width <= n; i += parts * width)
            for (int p = 0; p < parts; ++p) {
                body::template compute<false>(v, a, at, i + p * width, width);
                partial[p] = op::combine(partial[p], body::result(v));
            }
        if constexpr (parts > 1)
            for (; i + width <= n; i += width) {
                body::template compute<false>(v, a, at, i, width);
                partial[0] = op::combine(partial[0], body::result(v));
            }
        for (int p = 1; p < parts; ++p) partial[0] = op::combine(partial[0], partial[p]);
        if constexpr (width > 1) {
            if (i < n) {
                body::template compute<false>(v, a, at, i, static_cast<int>(n - i));
                const auto counted = simd::iota<lanes_t<dtype::int32, width>>() < lanes_t<dtype::int32, width>(static_cast<std::int32_t>(n - i));
                partial[0] = op::combine(partial[0], simd::select(counted, body::result(v), neutral));
            }
            const scalar total = simd::detail::reduce(partial[0], combine{});
            *out = combines_in_memory ? op::combine(*out, total) : total;
        } else
            *out = combines_in_memory ? op::combine(*out, partial[0]) : partial[0];
    }
};

} // namespace ctgrad::detail
