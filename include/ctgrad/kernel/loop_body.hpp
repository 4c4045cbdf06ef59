// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/lanes.hpp>

#include <utility>

namespace ctgrad::detail {

template <int I, class T>
struct slot_of {
    T value;
};

/// The values of a loop body, one a term; after inlining they are registers.
template <class Indices, class... T>
struct registers;
template <int... I, class... T>
struct registers<std::integer_sequence<int, I...>, T...> : slot_of<I, T>... {};

template <int I, class T>
[[gnu::always_inline]] constexpr T& get(slot_of<I, T>& s) {
    return s.value;
}

/// Where a loop stands: its outer indices and how far each load has moved, in elements.
template <int Loads>
struct position {
    std::int64_t index[max_rank]{};
    counted<std::int64_t, Loads> offset{};
};

/// The body of step `S` of program `P` for `W` lanes along the innermost axis.
template <class P, int S, int W>
struct loop_body {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr int term_count = loop.term_count;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    using indices = std::make_integer_sequence<int, term_count>;

    static constexpr dtype type_of(int t) { return P::graph()[loop.terms[t].node].type; }
    template <int T>
    using value_t = lanes_t<type_of(T), W>;

    template <class>
    struct all_values;
    template <int... T>
    struct all_values<std::integer_sequence<int, T...>> {
        using type = registers<std::integer_sequence<int, T...>, value_t<T>...>;
    };
    using values = typename all_values<indices>::type;

    /// Computes the terms that stay the same along the innermost axis, or the others, at element `i`
    /// of that axis, of which `n` lanes count.
    template <bool Invariant, class Position>
    [[gnu::always_inline]] static void compute(values& v, const arguments& a, const Position& at, std::int64_t i, int n) {
        [&]<int... T>(std::integer_sequence<int, T...>) __attribute__((always_inline)) {
            ([&]() __attribute__((always_inline)) {
                if constexpr (loop.terms[T].invariant == Invariant) get<T>(v) = term_value<T>(v, a, at, i, n);
            }(), ...);
        }(indices{});
    }

    /// The value of the last term.
    [[gnu::always_inline]] static auto result(values& v) { return get<term_count - 1>(v); }

private:
    template <int T, class Position>
    [[gnu::always_inline]] static value_t<T> term_value(values& v, const arguments& a, const Position& at, std::int64_t i, int n) {
        constexpr term t = loop.terms[T];
        constexpr node self = P::graph()[t.node];
        constexpr dtype D = self.type;
        if constexpr (t.kind == term_kind::constant)
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(constant_value(self)));
        else if constexpr (t.kind == term_kind::size)
            return fill_lanes<D, W>(static_cast<scalar_of<D>>(a.sizes[P::plan.dimensions.index_of(self.name)]));
        else if constexpr (t.kind == term_kind::coordinate) {
            if constexpr (t.detail >= 0 && t.detail == inner)
                return convert_lanes<D, W>(positions<W>(i));
            else
                return fill_lanes<D, W>(static_cast<scalar_of<D>>(t.detail < 0 ? 0 : at.index[t.detail < 0 ? 0 : t.detail]));
        } else if constexpr (t.kind == term_kind::load) {
            const auto* from = a.template address<const scalar_of<D>>(loop.loads[t.detail].from) + at.offset[t.detail];
            if constexpr (t.invariant)
                return fill_lanes<D, W>(*from);
            else if constexpr (W == 1)
                return from[i * value_of<loop.loads[t.detail].stride[inner]>(a.sizes)];
            else
                return load_lanes<D, W>(from + i, n);
        } else {
            using op = op_type<self.op>;
            return [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
                return convert_lanes<D, W>(op::evaluate(get<t.inputs[K]>(v)...));
            }(std::make_integer_sequence<int, op::arity>{});
        }
    }
};

} // namespace ctgrad::detail
