// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/ops/argsort.hpp>
#include <ctgrad/ops/num.hpp>
#include <ctgrad/ops/slice.hpp>

#include <tuple>

namespace ctgrad {

namespace detail {

/// The first `Count` elements along the last axis.
template <int Count>
struct first_options {
    static constexpr phrase called(std::string_view) { return phrase("top_k num<") << Count << ">"; }
    static constexpr inference asked(const attributes& x) {
        if (x.shape.rank == 0) return {{}, fault::rank_must_fit};
        const dimension row = x.shape[x.shape.rank - 1];
        if (Count < 1 || !row.is_static() || Count > row.extent) return {{}, fault::slice_must_lie_inside};
        inference out;
        out.result.shape = x.shape;
        out.result.shape[x.shape.rank - 1] = Count;
        return out;
    }
};

} // namespace detail

/// The largest elements along the last axis and their positions: `const auto [values, indices] = top_k(x, num<3>)`. The largest comes
/// first, of equal ones that with the lower position.
/// @returns a tuple of the values and of int32 positions, both with extent `num` along the last axis. Derivative of the values: the
/// gradient at the places where they were.
/// **Fails when** the last axis has fewer elements or no static extent (`slice_must_lie_inside`). Source: `tf.math.top_k`.
/// Of metrics, `top_k = 3_c`: how many of the largest numbers of a row count (`k` in Keras' names of accuracies).
struct top_k_t : option<top_k_t, "top_k", interval::whole> {
    using option::operator=;

    template <expression X, int Count>
    constexpr auto operator()(X x, num_t<Count>) const {
        constexpr fault found = detail::fault_on<slice_op, detail::first_options<Count>, X>();
        if constexpr (detail::is_poison<X>)
            return std::tuple(x, x);
        else if constexpr (found != fault::none)
            return std::tuple(broken<found, call_shown<slice_op, detail::first_options<Count>>, facts_shown<found, X>>, poison{});
        else {
            const auto positions = apply<slice_op, detail::first_options<Count>>(argsort(x, descending));
            return std::tuple(detail::taken_along<-1>(x, positions), positions);
        }
    }
};
inline constexpr top_k_t top_k{};

} // namespace ctgrad
