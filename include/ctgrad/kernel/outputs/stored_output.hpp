// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/outputs/output.hpp>
#include <ctgrad/kernel/outputs/side_by_side.hpp>
#include <ctgrad/simd/interleave.hpp>

namespace ctgrad::detail {

/// Values go to memory as they are.
template <class P, int S, int R, int W, int Parts, bool RowsInLanes>
struct stored_output : output<P, S, R, W, Parts, RowsInLanes> {
    using base = output<P, S, R, W, Parts, RowsInLanes>;
    using base::D, base::self;
    using typename base::sums, typename base::values, typename base::place_in, typename base::body;

    /// The outputs with which it fills rows of memory; that of the first column stores them all.
    static constexpr columns_of_outputs beside = columns_beside(base::loop, R);

    /// The value of a whole row, or of `n` rows that lie in lanes.
    [[gnu::always_inline]] static void add_row(sums&, values& fixed, [[maybe_unused]] const arguments& a, const place_in& at,
                                               [[maybe_unused]] int n) {
        if constexpr (RowsInLanes)
            base::store_rows(at, a, body::template value<self.term>(fixed, fixed), n);
        else
            store_lanes<D, W>(base::memory(at), body::template value<self.term>(fixed, fixed), 1);
    }
    /// The values of vectors from element `i` of the innermost axis on; of the last one `n` lanes count.
    template <int... K>
    [[gnu::always_inline]] static void add(index_pack<K...>, sums&, values* v, values& fixed, const arguments& a, const place_in& at,
                                           std::int64_t i, int n) {
        if constexpr (base::is_apart && beside.count > 0) {
            if constexpr (beside.member[0] == R) (add_columns(up_to<beside.count>, v[K], fixed, a, at, i + K * W, n), ...);
        } else if constexpr (base::is_apart)
            (store_lanes_apart<D, W>(base::element(at, a, i + K * W), value_of<self.out.stride[base::inner]>(a.sizes),
                                     body::template value<self.term>(v[K], fixed), n),
             ...);
        else
            (store_lanes<D, W>(base::element(at, a, i + K * W), body::template value<self.term>(v[K], fixed), n), ...);
    }

private:
    template <int... C>
    [[gnu::always_inline]] static void add_columns(index_pack<C...>, values& v, values& fixed, const arguments& a, const place_in& at,
                                                   std::int64_t i, int n) {
        typename base::scalar* const to = base::element(at, a, i);
        const typename base::vector columns[] = {body::template value<base::loop.outputs[beside.member[C]].term>(v, fixed)...};
        if (n == W)
            simd::store_interleaved<sizeof...(C)>(to, columns);
        else
            (store_lanes_apart<D, W>(to + C, sizeof...(C), columns[C], n), ...);
    }
};

} // namespace ctgrad::detail
