// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/plan/loop.hpp>
#include <ctgrad/plan/program.hpp>
#include <ctgrad/plan/size_sum.hpp>

/// @file Sums that run on in memory, one for each element of a result, and the room in the workspace where the sums
/// of their blocks are added up (`kernel/block_sum.hpp`).

namespace ctgrad::detail {

/// So many terms may be added one after the other: that costs a float at most 1e-6 of its value.
inline constexpr std::int64_t longest_chain = 64;

/// Whether an op adds terms, so that long sums need a second level.
template <class Op>
concept adds_terms = requires { requires Op::is_sum; };

/// Whether node `Id` of program `P` is a sum of floating numbers.
template <class P, int Id>
inline constexpr bool is_floating_sum = is_floating(P::graph()[Id].type) && adds_terms<op_type<P::graph()[Id].op>>;

/// The sums that run on in one result: how many there are, and how many terms each has.
struct running_sums {
    extent_product count, terms;
    int bytes = 0; ///< That the sum of blocks of one takes.

    constexpr bool can_be_long() const { return bytes > 0 && !(terms.is_static() && terms.factor <= longest_chain); }
    constexpr bool are_long(const std::int64_t* sizes) const { return can_be_long() && size_sum::value_of(terms, sizes) > longest_chain; }
    constexpr std::int64_t room(const std::int64_t* sizes) const { return are_long(sizes) ? size_sum::value_of(count, sizes) * bytes : 0; }
};

/// Those of node `Id`, each of `terms` terms.
template <class P, int Id>
constexpr running_sums running_sums_of(const extent_product& terms) {
    constexpr node made = P::graph()[Id];
    return {size_of(made.shape, P::plan.dimensions), terms, made.type == dtype::float64 ? 16 : 8};
}

/// Those of output `R` of kernel `S`, a loop: of each element of the result one term comes with each index along the outer
/// axes where the result stays.
template <class P, int S, int R>
constexpr running_sums running_sums_of_output() {
    constexpr const auto& loop = P::template loop<S>;
    constexpr loop_output self = loop.outputs[R];
    if constexpr (self.kind != output_kind::in_memory)
        return {};
    else if constexpr (!is_floating_sum<P, self.node>)
        return {};
    else {
        extent_product terms;
        for (int k = 0; k + 1 < loop.rank; ++k)
            if (self.out.stride[k].factor == 0) terms = terms * loop.extent[k];
        return running_sums_of<P, self.node>(terms);
    }
}
/// The kernel of an op of kind general that does not run by the op's plain loop: `run(arguments)`, and how many bytes of memory it
/// needs besides. An op with such a kernel has a specialization.
template <class P, int S, class Op>
struct special_kernel {
    static constexpr bool exists = false;
};
template <class P, int S>
using special_kernel_of = special_kernel<P, S, op_type<P::graph()[P::plan.kernels[S].node].op>>;

/// Those of kernel `S`, an op with a loop of its own: it adds rows of its first input to rows of the result, perhaps all
/// to one.
template <class P, int S>
constexpr running_sums running_sums_of_kernel() {
    constexpr kernel self = P::plan.kernels[S];
    if constexpr (self.kind != kernel_kind::general)
        return {};
    else if constexpr (special_kernel_of<P, S>::exists) {
        constexpr std::int64_t bytes = special_kernel_of<P, S>::bytes; // memory of a constant size
        return bytes > 0 ? running_sums{{bytes / 8 + 1}, {longest_chain + 1}, 8} : running_sums{};
    } else if constexpr (!is_floating_sum<P, self.node>)
        return {};
    else {
        constexpr tensor_shape from = P::graph()[P::graph()[self.node].inputs[0]].shape;
        extent_product rows;
        for (int k = 0; k <= from.rank - P::graph()[self.node].shape.rank; ++k) rows = rows * extent_of(from[k], P::plan.dimensions);
        return running_sums_of<P, self.node>(rows);
    }
}

/// Calls `visit` for all that run on in kernel `S`; their sums of blocks follow one another.
template <class P, int S, class Visit>
constexpr void for_each_running_sum(Visit visit) {
    constexpr kernel_kind kind = P::plan.kernels[S].kind;
    if constexpr (kind == kernel_kind::loop)
        [&]<int... R>(std::integer_sequence<int, R...>) {
            (visit(running_sums_of_output<P, S, R>()), ...);
        }(std::make_integer_sequence<int, P::template loop<S>.output_count>{});
    else
        visit(running_sums_of_kernel<P, S>());
}

template <class P, class Visit>
constexpr void for_each_running_sum_of_program(Visit visit) {
    [&]<int... S>(std::integer_sequence<int, S...>) {
        (for_each_running_sum<P, S>(visit), ...);
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
}

/// Whether a kernel of program `P` has any that can be long.
template <class P>
inline constexpr bool has_running_sums = [] {
    bool found = false;
    auto look = [&](const running_sums& each) { found = found || each.can_be_long(); };
    for_each_running_sum_of_program<P>(look);
    return found;
}();

/// The bytes for the sums of blocks of one kernel after the other.
template <class P>
constexpr std::int64_t room_for_running_sums(const std::int64_t* sizes) {
    std::int64_t most = 0;
    [&]<int... S>(std::integer_sequence<int, S...>) {
        auto ask = [&]<int I>(std::integral_constant<int, I>) {
            std::int64_t room = 0;
            for_each_running_sum<P, I>([&](const running_sums& each) { room += each.room(sizes); });
            most = room > most ? room : most;
        };
        (ask(std::integral_constant<int, S>{}), ...);
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
    return most;
}
/// Whether they depend on the sizes of named dimensions.
template <class P>
inline constexpr bool has_room_of_static_size = [] {
    bool fixed = true;
    auto look = [&](const running_sums& each) {
        fixed = fixed && (!each.can_be_long() || (each.terms.is_static() && each.count.is_static()));
    };
    for_each_running_sum_of_program<P>(look);
    return fixed;
}();

} // namespace ctgrad::detail
