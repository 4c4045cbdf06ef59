// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/loop_body.hpp>
#include <ctgrad/kernel/sums_in_memory.hpp>

namespace ctgrad::detail {

/// What becomes of output `R` of kernel `S` of program `P`: stored, or combined, `W` lanes at a time with
/// `Parts` partial results.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct loop_output_runner {
    static constexpr const auto& loop = P::template loop<S>;
    static constexpr loop_output self = loop.outputs[R];
    static constexpr node made = P::graph()[self.node];
    static constexpr dtype D = made.type;
    static constexpr int inner = loop.rank > 0 ? loop.rank - 1 : 0;
    static constexpr bool moves_inner = loop.rank > 0 && self.out.stride[inner].factor != 0;
    using body = loop_body<P, S, W, RowsInLanes>;
    using values = typename body::values;
    using place_in = typename body::place_in;
    using scalar = scalar_of<D>;
    using vector = lanes_t<D, W>;

    /// In registers: one partial result, or one for each part of a sum or vector of columns.
    static constexpr int count = self.kind == output_kind::columns
                                     ? static_cast<int>(RowsInLanes ? loop.extent[inner].factor : (loop.extent[inner].factor + W - 1) / W)
                                 : self.kind == output_kind::store ? 1
                                                                   : Parts;
    struct partial_results {
        counted<vector, count> part;
    };

    /// Whether the elements of the innermost axis are combined with each other.
    static constexpr bool combines_inner = !self.by_row && (self.kind == output_kind::total || self.kind == output_kind::row ||
                                                            (self.kind == output_kind::in_memory && !moves_inner));

    /// Whether the reduction knows how to sum what the term is made of (`sum_of`), and only it needs the term.
    static constexpr bool skips_term = []<class Reduction = op_type<made.op>>() {
        constexpr term t = loop.terms[self.term];
        if constexpr (Parts == 1 || !combines_inner || t.kind != term_kind::apply || D != dtype::float32)
            return false;
        else
            return count_readers(loop, self.term) == 1 &&
                   requires { typename Reduction::template sum_of<op_type<P::graph()[t.node].op>, vector>; };
    }
    ();
    static constexpr auto sums_tag() {
        if constexpr (skips_term)
            return type_tag<typename op_type<made.op>::template sum_of<op_type<P::graph()[loop.terms[self.term].node].op>, vector>>{};
        else
            return type_tag<partial_results>{};
    }
    using sums = typename decltype(sums_tag())::type;

    /// Whether terms are added to partial results that could become too long a chain; the loop knows how long it is.
    static constexpr bool has_blocks = [] {
        if constexpr (self.kind == output_kind::store || skips_term || !is_floating(D))
            return false;
        else
            return adds_terms<op_type<made.op>>;
    }();
    /// Whether registers hold them over all rows, or for one row.
    static constexpr bool sums_all = has_blocks && (self.kind == output_kind::total || self.kind == output_kind::columns);
    static constexpr bool sums_row = has_blocks && combines_inner && self.kind != output_kind::total;
    /// The sums of blocks that have been moved out of the registers; of what needs none, nothing.
    struct settled_sum {
        bool any; ///< Asking for it takes less than adding nothing.
        block_sum<scalar> sum;
    };
    struct settled_columns {
        bool any; ///< If not, there are no sums yet.
        block_sum<scalar> sum[static_cast<std::size_t>(RowsInLanes ? count : count * W)];
    };
    struct no_sums {};
    /// Those that run on in memory, each in its element, until their blocks are moved to the workspace.
    using in_memory = sums_in_memory<P, S, R>;
    static constexpr running_sums running = in_memory::running;
    using blocks = std::conditional_t<!(sums_all || sums_row), no_sums,
                                      std::conditional_t<self.kind == output_kind::columns, settled_columns, settled_sum>>;

    struct combine {
        template <class V>
        [[gnu::always_inline]] V operator()(V x1, V x2) const {
            return op_type<made.op>::combine(x1, x2);
        }
    };

    [[gnu::always_inline]] static void begin(sums& s, [[maybe_unused]] blocks& b) {
        if constexpr (self.kind == output_kind::total || self.kind == output_kind::columns) clear(s);
        if constexpr (sums_all) clear_blocks(b);
    }
    [[gnu::always_inline]] static void clear_memory(const arguments& a, const place_in& at) {
        if constexpr (self.kind == output_kind::in_memory) {
            constexpr extent_product size = size_of(made.shape, P::plan.dimensions);
            const std::int64_t n = value_of<size>(a.sizes);
            for (std::int64_t i = 0; i < n; ++i) memory(at)[i] = neutral;
            if constexpr (running.can_be_long())
                if (running.are_long(a.sizes)) ctgrad::detail::clear_blocks(in_memory::blocks(a), n);
        }
    }
    [[gnu::always_inline]] static void begin_row(sums& s, [[maybe_unused]] blocks& b) {
        if constexpr (self.kind == output_kind::row || (self.kind == output_kind::in_memory && !self.by_row && !moves_inner)) clear(s);
        if constexpr (sums_row) b.sum = block_sum<scalar>::none();
    }

    /// Moves what registers have added up to the sums of blocks.
    [[gnu::always_inline]] static void settle(sums& s, blocks& b) {
        if constexpr (self.kind != output_kind::columns)
            b.sum.add(total_of(s));
        else {
            if (!b.any)
                for (block_sum<scalar>& each : b.sum) each = block_sum<scalar>::none();
            unrolled(up_to<count>, [&]<int C>() __attribute__((always_inline)) { // so that parts stay registers
                if constexpr (RowsInLanes)
                    b.sum[C].add(simd::detail::reduce(s.part[C], combine{}));
                else
                    add_blocks(b.sum + C * W, s.part[C]);
            });
        }
        if constexpr (sums_all) b.any = true;
        clear(s);
    }

    /// At the end of index `at` along an axis `Axis`, moves what a block of indices along it has added up in memory to the
    /// sums of blocks; `n` elements of the innermost axis have been passed over.
    template <int Axis>
    [[gnu::always_inline]] static void settle_memory(const arguments& a, const place_in& at, std::int64_t n) {
        if constexpr (running.can_be_long()) in_memory::template settle<Axis>(a, at.index[Axis], memory(at), n);
    }

    /// Takes the value of a whole row, or of `n` rows that lie in lanes.
    [[gnu::always_inline]] static void add_row(sums& s, values& fixed, const place_in& at, int n) {
        const vector x = body::template term_in<self.term>(fixed);
        if constexpr (self.kind == output_kind::store)
            store_lanes<D, W>(memory(at), x, RowsInLanes ? n : 1);
        else if constexpr (self.kind == output_kind::total && RowsInLanes)
            add_lanes(s.part[0], x, n);
        else if constexpr (self.kind == output_kind::total)
            s.part[0] = combine{}(s.part[0], x);
        else {
            scalar* to = memory(at);
            *to = combine{}(*to, first(x));
        }
    }

    /// Takes the values of `K` vectors from element `i` of the innermost axis on; of the last one `n` lanes count.
    template <int K>
    [[gnu::always_inline]] static void add(sums& s, counted<values, K>& v, values& fixed, const arguments& a, const place_in& at,
                                           std::int64_t i, int n) {
        unrolled(up_to<K>, [&]<int Part>() __attribute__((always_inline)) {
            add<Part>(s, v[Part], fixed, a, at, i + Part * W, n);
            if constexpr (skips_term)
                if constexpr (Part == K - 1 || (Part + 1) % sums::most_added == 0) s.settle();
        });
    }

    /// Hands the result of a row on to later passes, and to memory. `settled`: it had blocks.
    [[gnu::always_inline]] static void end_row(sums& s, blocks& b, values& fixed, const place_in& at, [[maybe_unused]] int n,
                                               [[maybe_unused]] bool settled) {
        if constexpr (self.kind == output_kind::row && RowsInLanes) {
            hand_on(fixed, s.part[0]);
            if constexpr (self.written) store_lanes<D, W>(memory(at), s.part[0], n);
        } else if constexpr (self.kind == output_kind::row) {
            const scalar total = all_of(s, b, settled);
            hand_on(fixed, fill_lanes<D, W>(total));
            if constexpr (self.written) *memory(at) = total;
        } else if constexpr (self.kind == output_kind::in_memory && !self.by_row && !moves_inner) {
            scalar* to = memory(at);
            *to = combine{}(*to, all_of(s, b, settled));
        }
    }

    /// Puts what has been combined in memory, or combines it with what is there.
    template <bool Joins>
    [[gnu::always_inline]] static void end(sums& s, blocks& b, const arguments& a, const place_in& at) {
        if constexpr (running.can_be_long() && !Joins)
            if (running.are_long(a.sizes)) finish_blocks(in_memory::blocks(a), memory(at), value_of<running.count>(a.sizes));
        if constexpr (self.kind == output_kind::total) {
            bool settled = false;
            if constexpr (sums_all) settled = b.any;
            const scalar total = all_of(s, b, settled);
            *memory(at) = Joins ? combine{}(*memory(at), total) : total;
            return;
        }
        if constexpr (self.kind == output_kind::columns && sums_all)
            if (b.any) {
                settle(s, b);
                for (std::int64_t c = 0; c < loop.extent[inner].factor; ++c)
                    memory(at)[c] = Joins ? combine{}(memory(at)[c], b.sum[c].value()) : b.sum[c].value();
                return;
            }
        if constexpr (self.kind == output_kind::columns && RowsInLanes)
            for (int c = 0; c < count; ++c) {
                const scalar total = simd::detail::reduce(s.part[c], combine{});
                memory(at)[c] = Joins ? combine{}(memory(at)[c], total) : total;
            }
        else if constexpr (self.kind == output_kind::columns)
            unrolled(up_to<count>, [&]<int C>() __attribute__((always_inline)) {
                constexpr int left = static_cast<int>(loop.extent[inner].factor) - C * W, n = left < W ? left : W;
                scalar* to = memory(at) + C * W;
                store_lanes<D, W>(to, Joins ? combine{}(load_lanes<D, W>(to, n), s.part[C]) : s.part[C], n);
            });
    }

private:
    static constexpr scalar neutral = static_cast<scalar>(rounded(D, made.op->identity));

    [[gnu::always_inline]] static scalar* memory(const place_in& at) { return static_cast<scalar*>(at.to[R]); }
    template <int Part>
    [[gnu::always_inline]] static void add(sums& s, values& v, values& fixed, const arguments& a, const place_in& at, std::int64_t i,
                                           int n) {
        if constexpr (skips_term) {
            const vector x = body::template value<loop.terms[self.term].inputs[0]>(v, fixed);
            return s.add(n == W ? x : simd::select(simd::first_lanes<vector>(static_cast<std::size_t>(n)), x, vector(sums::neutral)));
        } else
            add_value<Part>(s, body::template value<self.term>(v, fixed), a, at, i, n);
    }
    template <int Part>
    [[gnu::always_inline]] static void add_value(sums& s, const vector& x, const arguments& a, const place_in& at, std::int64_t i, int n) {
        if constexpr (self.kind == output_kind::store || (self.kind == output_kind::in_memory && moves_inner)) {
            scalar* to = memory(at) + i;
            if constexpr (RowsInLanes && self.out.from.by_columns)
                to = memory(at) + i / W * value_of<self.out.stride[inner]>(a.sizes);
            else if constexpr (W == 1 && loop.rank > 0)
                to = memory(at) + i * value_of<self.out.stride[inner]>(a.sizes);
            if constexpr (self.kind == output_kind::store)
                store_lanes<D, W>(to, x, n);
            else
                store_lanes<D, W>(to, combine{}(load_lanes<D, W>(to, n), x), n);
        } else if constexpr (self.kind == output_kind::columns)
            add_lanes(s.part[count == 1 ? 0 : ((P::plan.kernels[S].driver >= 0 ? at.index[inner] : 0) + i) / W], x, RowsInLanes ? n : W);
        else
            add_lanes(s.part[Part], x, n);
    }

    [[gnu::always_inline]] static scalar total_of(sums& s) {
        if constexpr (self.by_row && !RowsInLanes)
            return first(s.part[0]);
        else
            return sum_of(s);
    }
    [[gnu::always_inline]] static void clear_blocks(blocks& b) {
        b.any = false;
        if constexpr (self.kind != output_kind::columns)
            b.sum = block_sum<scalar>::none();
        else
            asm("" : "=m"(b.sum)); // g++ does not see that `any` says whether there are sums, and would warn
    }
    /// What registers hold, and blocks before them.
    [[gnu::always_inline]] static scalar all_of(sums& s, [[maybe_unused]] blocks& b, [[maybe_unused]] bool settled) {
        const scalar total = total_of(s);
        if constexpr (sums_all || sums_row)
            if (settled) [[unlikely]] {
                b.sum.add(total);
                return b.sum.value();
            }
        return total;
    }
    /// Combines the first `n` lanes.
    [[gnu::always_inline]] static void add_lanes(vector& sum, const vector& x, [[maybe_unused]] int n) {
        const vector more = combine{}(sum, x);
        if constexpr (W == 1)
            sum = more;
        else
            sum = n == W ? more : simd::select(simd::first_lanes<vector>(static_cast<std::size_t>(n)), more, sum);
    }
    [[gnu::always_inline]] static void hand_on(values& fixed, const vector& total) {
        unrolled(up_to<loop.term_count>, [&]<int T>() __attribute__((always_inline)) {
            if constexpr (loop.terms[T].kind == term_kind::row && loop.terms[T].detail == R) body::template term_in<T>(fixed) = total;
        });
    }
    [[gnu::always_inline]] static void clear(sums& s) {
        if constexpr (skips_term)
            s = sums{};
        else
            unrolled(up_to<count>, [&]<int Part>() __attribute__((always_inline)) { s.part[Part] = fill_lanes<D, W>(neutral); });
    }
    [[gnu::always_inline]] static scalar first(const vector& x) {
        if constexpr (W == 1)
            return x;
        else
            return x[0];
    }
    template <int First, int Count>
    [[gnu::always_inline]] static vector sum_of_parts(const sums& s) {
        constexpr int half = Count / 2;
        if constexpr (Count == 1)
            return s.part[First];
        else
            return combine{}(sum_of_parts<First, Count - half>(s), sum_of_parts<First + Count - half, half>(s));
    }
    [[gnu::always_inline]] static scalar sum_of(const sums& s) {
        if constexpr (skips_term)
            return s.value();
        else {
            const vector sum = sum_of_parts<0, count>(s);
            if constexpr (W == 1)
                return sum;
            else
                return simd::detail::reduce(sum, combine{});
        }
    }
};

} // namespace ctgrad::detail
