// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/kernel/lanes.hpp>
#include <ctgrad/kernel/loop_position.hpp>

namespace ctgrad::detail {

template <int I, class T>
struct slot_of {
    T value;
};

/// Values by index; after inlining they are registers.
template <class Indices, class... T>
struct registers;
template <int... I, class... T>
struct registers<std::integer_sequence<int, I...>, T...> : slot_of<I, T>... {};

template <int I, class T>
[[gnu::always_inline]] constexpr T& get(slot_of<I, T>& s) {
    return s.value;
}

/// How many terms and outputs of a loop read term `wanted`.
constexpr int count_readers(const auto& loop, int wanted) {
    int readers = 0;
    for (int t = 0; t < loop.term_count; ++t)
        for (int k = 0; k < max_arity; ++k) readers += loop.terms[t].inputs[k] == wanted;
    for (int r = 0; r < loop.output_count; ++r) readers += loop.outputs[r].term == wanted;
    return readers;
}

/// The terms of kernel `S` of program `P` for `W` lanes along the innermost axis, or along the one before it, the
/// rows: then `i` counts columns in steps of W, and what moves along both axes is read from a tile (`row_tiles`).
template <class P, int S, int W, bool RowsInLanes = false>
struct loop_body {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int term_count = loop.term_count;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    using indices = std::make_integer_sequence<int, term_count>;
    using place_in = loop_position<loop>;

    static constexpr dtype type_of(int t) { return P::graph()[loop.terms[t].node].type; }
    template <int T>
    using value_t = lanes_t<type_of(T), W>;

    template <class>
    struct all_values;
    template <int... T>
    struct all_values<std::integer_sequence<int, T...>> {
        using type = registers<std::integer_sequence<int, T...>, value_t<T>...>;
    };
    /// A type of its own, for its short name: g++ would spend half its time on symbols otherwise.
    struct values : all_values<indices>::type {};

    /// Whether every formula is an addition, a multiplication or the like, which is one instruction for scalars as well.
    static constexpr bool is_arithmetic = [] {
        for (const term& t : loop.terms)
            if (t.kind == term_kind::apply && !P::graph()[t.node].op->is_arithmetic) return false;
        return true;
    }();

    /// How many vectors a row that is handed from pass to pass fills.
    static constexpr int chunks = [] {
        if (loop.kept_rows == 0) return 1;
        if (RowsInLanes) return static_cast<int>(loop.extent[inner].factor);
        return static_cast<int>((loop.extent[inner].factor + W - 1) / W);
    }();

    /// Room for the rows that later passes use.
    struct kept_rows {
        template <int T>
        struct row {
            counted<value_t<T>, loop.terms[T].kept >= 0 ? chunks : 1> chunk;
        };
        template <class>
        struct all_rows;
        template <int... T>
        struct all_rows<std::integer_sequence<int, T...>> {
            using type = registers<std::integer_sequence<int, T...>, row<T>...>;
        };
        struct all : all_rows<indices>::type {
        } rows;
    };

    /// The value of term `T` in `v`. (Said by its type, since finding that among all terms takes the compiler long.)
    template <int T>
    [[gnu::always_inline]] static value_t<T>& term_in(values& v) {
        return static_cast<slot_of<T, value_t<T>>&>(v).value;
    }

    /// Computes the terms of pass `Pass` that stay the same along the innermost axis; `n` lanes count.
    template <int Pass>
    [[gnu::always_inline]] static void compute_invariants(values& v, const arguments& a, const place_in& at, int n) {
        unrolled(up_to<term_count>, [&]<int T>() __attribute__((always_inline)) {
            constexpr term t = loop.terms[T];
            if constexpr (t.invariant && t.pass == Pass && t.kind != term_kind::row) term_in<T>(v) = term_value<T>(v, v, a, at, 0, n);
        });
    }

    /// Computes term `T`, one of the others, if the pass uses it, for `K` vectors abreast. They start at element `i` of
    /// the innermost axis; of the last one `n` lanes count; `fixed` holds the invariant terms.
    template <int T, int Pass, int K>
    [[gnu::always_inline]] static void compute(counted<values, K>& v, values& fixed, kept_rows& kept, const arguments& a,
                                               const place_in& at, std::int64_t i, int n) {
        constexpr term t = loop.terms[T];
        if constexpr (t.invariant || (t.pass != Pass && !(t.pass < Pass && loop.is_used_in(Pass, T))))
            return;
        else if constexpr (K == 1)
            compute_term<T, Pass>(v[0], fixed, kept, a, at, i, n);
        else
            unrolled(up_to<K>, [&]<int Which>() __attribute__((always_inline)) {
                compute_term<T, Pass>(v[Which], fixed, kept, a, at, i + Which * W, n);
            });
    }

    /// The value of term `T`, wherever it is.
    template <int T>
    [[gnu::always_inline]] static auto& value(values& v, values& fixed) {
        return term_in<T>(loop.terms[T].invariant ? fixed : v);
    }

private:
    template <int T, int Pass>
    [[gnu::always_inline]] static void compute_term(values& v, values& fixed, kept_rows& kept, const arguments& a, const place_in& at,
                                                    std::int64_t i, int n) {
        constexpr term t = loop.terms[T];
        const std::int64_t chunk = chunks == 1 ? 0 : i / W;
        if constexpr (t.pass < Pass && t.kept >= 0)
            term_in<T>(v) = get<T>(kept.rows).chunk[chunk];
        else
            term_in<T>(v) = term_value<T>(v, fixed, a, at, i, n);
        if constexpr (t.kept >= 0 && t.pass == Pass) get<T>(kept.rows).chunk[chunk] = term_in<T>(v);
    }

    template <int T>
    [[gnu::always_inline]] static value_t<T> term_value(values& v, values& fixed, const arguments& a, const place_in& at, std::int64_t i,
                                                        int n) {
        constexpr term t = loop.terms[T];
        constexpr node self = P::graph()[t.node];
        constexpr dtype D = self.type;
        if constexpr (t.kind == term_kind::constant)
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(constant_value(self)));
        else if constexpr (t.kind == term_kind::size)
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(a.sizes[P::plan.dimensions.index_of(self.name)]));
        else if constexpr (t.kind == term_kind::coordinate) {
            if constexpr (RowsInLanes && t.detail == inner)
                return fill_lanes<D, W>(static_cast<scalar_of<D>>(i / W));
            else if constexpr (t.detail >= 0 && t.detail == (RowsInLanes ? inner - 1 : inner))
                return convert_lanes<D, W>(positions<W>(at.index[t.detail] + (RowsInLanes ? 0 : i)));
            else
                return fill_lanes<D, W>(static_cast<scalar_of<D>>(t.detail < 0 ? 0 : at.index[t.detail < 0 ? 0 : t.detail]));
        } else if constexpr (t.kind == term_kind::load) {
            const auto* from = static_cast<const scalar_of<D>*>(at.from[t.detail]);
            constexpr bool moves_over_rows = RowsInLanes && loop.loads[t.detail].stride[0].factor != 0;
            if constexpr (t.invariant && moves_over_rows)
                return load_lanes<D, W>(from, n);
            else if constexpr (t.invariant)
                return fill_lanes<D, W>(*from);
            else if constexpr (RowsInLanes && !moves_over_rows)
                return fill_lanes<D, W>(from[i / W]);
            else if constexpr (RowsInLanes && loop.loads[t.detail].from.by_columns)
                return load_lanes<D, W>(from + i / W * value_of<loop.loads[t.detail].stride[inner]>(a.sizes), n);
            else if constexpr (W == 1)
                return from[i * value_of<loop.loads[t.detail].stride[inner]>(a.sizes)];
            else
                return load_lanes<D, W>(from + i, RowsInLanes ? W : n);
        } else {
            using op = op_type<self.op>;
            if constexpr (op::arity == 1)
                return convert_lanes<D, W>(op::evaluate(value<t.inputs[0]>(v, fixed)));
            else if constexpr (op::arity == 2)
                return convert_lanes<D, W>(op::evaluate(value<t.inputs[0]>(v, fixed), value<t.inputs[1]>(v, fixed)));
            else
                return convert_lanes<D, W>(
                    op::evaluate(value<t.inputs[0]>(v, fixed), value<t.inputs[1]>(v, fixed), value<t.inputs[2]>(v, fixed)));
        }
    }
};

} // namespace ctgrad::detail
