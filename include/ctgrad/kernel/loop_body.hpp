// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/kernel/lanes.hpp>
#include <ctgrad/kernel/lane_sources.hpp>
#include <ctgrad/kernel/loop_position.hpp>
#include <ctgrad/kernel/registers.hpp>

namespace ctgrad::detail {

/// How many terms and outputs of a loop read term `wanted`.
constexpr int count_readers(const auto& loop, int wanted) {
    int readers = 0;
    for (int t = 0; t < loop.term_count; ++t)
        for (int k = 0; k < max_arity; ++k) readers += loop.terms[t].inputs[k] == wanted;
    for (int r = 0; r < loop.output_count; ++r) readers += loop.outputs[r].term == wanted;
    return readers;
}

/// Whether every formula of kernel `S`, a loop, is an addition, a multiplication or the like, which is one instruction for scalars as
/// well.
template <class P, int S>
inline constexpr bool is_arithmetic_loop = [] {
    for (const term& t : P::template loop<S>.terms)
        if (t.kind == term_kind::apply && !P::graph()[t.node].op->is_arithmetic) return false;
    return true;
}();

/// Whether a loop behind product `Driver`, if there is one, runs over whole rows.
template <class P, int Driver>
inline constexpr bool hands_out_whole_rows = has_whole_rows(P::graph()[Driver].shape, this_target);
template <class P>
inline constexpr bool hands_out_whole_rows<P, -1> = true;

/// The terms of kernel `S` of program `P` for `W` lanes along the innermost axis, or along one outside of it, the
/// rows: then `i` counts columns in steps of W, and what moves along both axes is read from a tile (`row_tiles`).
template <class P, int S, int W, bool RowsInLanes>
struct loop_body {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int term_count = loop.term_count;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    using place_in = loop_position<loop>;
    using source = std::conditional_t<RowsInLanes, lanes_of_rows<loop, W>, lanes_along_axis<loop, W>>;

    static constexpr dtype type_of(int t) { return P::graph()[loop.terms[t].node].type; }
    struct places {
        counted<std::int16_t, term_count> of{};            ///< Of each term among those of its dtype,
        int count[static_cast<int>(dtype::boolean) + 1]{}; ///< of which there are so many.
    };
    static constexpr places place = [] {
        places p;
        for (int t = 0; t < term_count; ++t) p.of[t] = static_cast<std::int16_t>(p.count[static_cast<int>(type_of(t))]++);
        return p;
    }();
    /// The values of all terms of a dtype: an array, since a compiler looks through all bases of a type for each one of them.
    template <dtype D>
    struct values_of {
        counted<lanes_t<D, W>, place.count[static_cast<int>(D)]> item;
    };
    /// What a pass computes; after inlining they are registers.
    struct values : values_of<dtype::float32>, values_of<dtype::float64>, values_of<dtype::int32>, values_of<dtype::boolean> {};
    /// Where term `T` is in `v`. (A type and no function: each would be one more to compile.)
    template <int T>
    using slot = values_of<type_of(T)>;

    /// How many vectors a row that is handed from pass to pass fills.
    static constexpr int chunks = [] {
        if (loop.kept_rows == 0) return 1;
        if (RowsInLanes) return static_cast<int>(loop.extent[inner].factor);
        return static_cast<int>((loop.extent[inner].factor + W - 1) / W);
    }();

    template <int T>
    struct kept_row {
        counted<lanes_t<type_of(T), W>, chunks> chunk;
    };
    template <class>
    struct all_kept_rows;
    template <int... T>
    struct all_kept_rows<index_pack<T...>> : slot_of<T, kept_row<T>>... {};
    static constexpr bool is_kept(int t) { return loop.terms[t].kept >= 0; }
    /// Room for the rows that later passes use.
    struct kept_rows : all_kept_rows<numbers_that_are<term_count, is_kept>> {};

    /// Computes the terms of pass `Pass` that stay the same along the innermost axis; `n` lanes count.
    template <int Pass>
    [[gnu::always_inline]] static void compute_invariants(values& v, const arguments& a, const place_in& at, int n) {
        compute_invariants(typename terms_of<Pass>::invariants{}, v, a, at, n);
    }

    /// Computes the other terms that pass `Pass` uses, for `K` vectors abreast. They start at element `i` of
    /// the innermost axis; of the last one `n` lanes count; `fixed` holds the invariant terms.
    template <int Pass, int K>
    [[gnu::always_inline]] static void compute(counted<values, K>& v, values& fixed, kept_rows& kept, const arguments& a,
                                               const place_in& at, std::int64_t i, int n) {
        compute<Pass>(typename terms_of<Pass>::moving{}, up_to<K>, v, fixed, kept, a, at, i, n);
    }

    /// The value of term `T`, wherever it is. (Said by its type, since finding that among all terms takes the compiler long.)
    template <int T>
    [[gnu::always_inline]] static auto& value(values& v, values& fixed) {
        return static_cast<slot<T>&>(loop.terms[T].invariant ? fixed : v).item[place.of[T]];
    }

private:
    template <int Pass>
    struct terms_of {
        static constexpr bool is_invariant(int t) {
            return loop.terms[t].invariant && loop.terms[t].pass == Pass && loop.terms[t].kind != term_kind::row;
        }
        static constexpr bool is_moving(int t) {
            const int pass = loop.terms[t].pass;
            return !loop.terms[t].invariant && (pass == Pass || (pass < Pass && loop.is_used_in(Pass, t)));
        }
        using invariants = numbers_that_are<term_count, is_invariant>;
        using moving = numbers_that_are<term_count, is_moving>;
    };

    // A list, since a fold nests: Clang stops at 256.
    template <int... T>
    [[gnu::always_inline]] static void compute_invariants(index_pack<T...>, values& v, const arguments& a, const place_in& at,
                                                          [[maybe_unused]] int n) {
        [[maybe_unused]] const bool computed[] = {true,
                                                  (static_cast<slot<T>&>(v).item[place.of[T]] = term_value<T>(v, v, a, at, 0, n), true)...};
    }
    template <int Pass, int... T, int... K>
    [[gnu::always_inline]] static void compute(index_pack<T...>, [[maybe_unused]] index_pack<K...> abreast, [[maybe_unused]] values* v,
                                               values& fixed, kept_rows& kept, const arguments& a, const place_in& at,
                                               [[maybe_unused]] std::int64_t i, [[maybe_unused]] int n) {
        [[maybe_unused]] const bool computed[] = {true, (compute_term<T, Pass>(abreast, v, fixed, kept, a, at, i, n), true)...};
    }
    template <int T, int Pass, int... K>
    [[gnu::always_inline]] static void compute_term(index_pack<K...>, values* v, values& fixed, kept_rows& kept, const arguments& a,
                                                    const place_in& at, std::int64_t i, int n) {
        constexpr term t = loop.terms[T];
        [[maybe_unused]] const std::int64_t chunk = chunks == 1 ? 0 : i / W;
        if constexpr (is_kept(T) && t.pass < Pass)
            ((static_cast<slot<T>&>(v[K]).item[place.of[T]] = get<T>(kept).chunk[chunk + K]), ...);
        else
            ((static_cast<slot<T>&>(v[K]).item[place.of[T]] = term_value<T>(v[K], fixed, a, at, i + K * W, n)), ...);
        if constexpr (is_kept(T) && t.pass == Pass) ((get<T>(kept).chunk[chunk + K] = static_cast<slot<T>&>(v[K]).item[place.of[T]]), ...);
    }

    template <int T>
    [[gnu::always_inline]] static lanes_t<type_of(T), W>
    term_value([[maybe_unused]] values& v, [[maybe_unused]] values& fixed, [[maybe_unused]] const arguments& a,
               [[maybe_unused]] const place_in& at, [[maybe_unused]] std::int64_t i, [[maybe_unused]] int n) {
        constexpr term t = loop.terms[T];
        constexpr dtype D = type_of(T);
        if constexpr (t.kind == term_kind::constant) {
            constexpr auto number = static_cast<scalar_of<D>>(constant_value(P::graph()[t.node]));
            return fill_lanes<D, W>(number);
        } else if constexpr (t.kind == term_kind::size) {
            constexpr int dimension = P::plan.dimensions.index_of(P::graph()[t.node].name);
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(a.sizes[dimension]));
        } else if constexpr (t.kind == term_kind::coordinate && t.first == 0 && t.step == 1)
            return source::template coordinate<D, t.detail>(at.index, i);
        else if constexpr (t.kind == term_kind::coordinate) {
            constexpr dtype whole = dtype::int32;
            const auto count = source::template coordinate<whole, t.detail>(at.index, i);
            return convert_lanes<D, W>(count * fill_lanes<whole, W>(t.step) + fill_lanes<whole, W>(t.first));
        } else if constexpr (t.kind == term_kind::load)
            return source::template load<D, t.detail, t.invariant>(static_cast<const scalar_of<D>*>(at.from[t.detail]), a, i, n);
        else {
            using op = op_type<P::graph()[t.node].op>;
            constexpr int in0 = t.inputs[0], in1 = t.inputs[op::arity > 1 ? 1 : 0], in2 = t.inputs[op::arity > 2 ? 2 : 0];
            auto& x = static_cast<slot<in0>&>(loop.terms[in0].invariant ? fixed : v).item[place.of[in0]];
            auto& y = static_cast<slot<in1>&>(loop.terms[in1].invariant ? fixed : v).item[place.of[in1]];
            auto& z = static_cast<slot<in2>&>(loop.terms[in2].invariant ? fixed : v).item[place.of[in2]];
            if constexpr (op::arity == 1)
                return convert_lanes<D, W>(op::evaluate(x));
            else if constexpr (op::arity == 2)
                return convert_lanes<D, W>(op::evaluate(x, y));
            else
                return convert_lanes<D, W>(op::evaluate(x, y, z));
        }
    }
};

} // namespace ctgrad::detail
