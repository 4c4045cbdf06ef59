// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/memory_order.hpp>
#include <ctgrad/plan/program.hpp>
#include <ctgrad/runtime/sizes.hpp>

namespace ctgrad::detail {

/// Where the elements of a leaf or a result lie.
struct memory_range {
    const void* first = nullptr;
    std::size_t bytes = 0;

    [[gnu::always_inline]] bool overlaps(const memory_range& other) const {
        const auto a = reinterpret_cast<std::uintptr_t>(first), b = reinterpret_cast<std::uintptr_t>(other.first);
        return a < b + other.bytes && b < a + bytes && bytes > 0 && other.bytes > 0;
    }
    /// Whether they perhaps overlap: `Equal` where their sizes are known to be, and then one comparison says it.
    template <bool Equal>
    [[gnu::always_inline]] bool may_overlap(const memory_range& other) const {
        const auto a = reinterpret_cast<std::uintptr_t>(first), b = reinterpret_cast<std::uintptr_t>(other.first);
        if constexpr (Equal)
            return a - b + (bytes - 1) <= 2 * (bytes - 1);
        else
            return a - b < other.bytes || b - a < bytes;
    }
    bool is(const memory_range& other) const { return first == other.first && bytes == other.bytes; }
};

template <class P, int Id>
[[gnu::always_inline]] inline memory_range range_of(const void* first, const std::int64_t* sizes) {
    return {first, static_cast<std::size_t>(value_of<sized_node<P, Id>::size>(sizes)) * ctgrad::size_of(P::graph()[Id].type)};
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_overlap(std::string_view written, std::string_view other) {
    fail(error_text("ctgrad: the memory of '") << written << "' overlaps that of '" << other << "': give it memory of its own");
}

/// What the memory of a call of program `P` must not do. `Call::gives(r)` says whether result r goes to memory of the caller,
/// `Call::keeps(l)` whether the callee keeps leaf l itself.
template <class P, class Call>
class memory_check {
    static constexpr int leaf_count = P::plan.leaf_count, result_count = P::outputs + P::updates;
    static constexpr int variable_of(int update) {
        for (int i = 0; i < leaf_count; ++i)
            if (P::plan.leaves[i] == P::source().target_of(update)) return i;
        return -1;
    }
    template <int L>
    static constexpr bool is_replaced = [] {
        for (int u = P::outputs; u < result_count; ++u)
            if (variable_of(u) == L) return true;
        return false;
    }();
    /// Whether data fed for leaf `L` are read after some variable has been replaced.
    template <int L>
    static constexpr bool is_exposed = []<int... U>(std::integer_sequence<int, U...>) {
        return !Call::keeps(L) && (is_read_after<P, L, P::outputs + U> || ...);
    }(std::make_integer_sequence<int, P::updates>{});
    static constexpr bool keeps_any = [] {
        bool any = false;
        for (int l = 0; l < leaf_count; ++l) any = any || Call::keeps(l);
        return any;
    }();
    template <int A, int B>
    static constexpr bool have_equal_size =
        sized_node<P, A>::size == sized_node<P, B>::size && ctgrad::size_of(P::graph()[A].type) == ctgrad::size_of(P::graph()[B].type);
    template <int... R>
    static constexpr bool gives_any(std::integer_sequence<int, R...>) {
        return (Call::gives(R) || ...);
    }
    template <int... L>
    static constexpr bool is_any_exposed(std::integer_sequence<int, L...>) {
        return (is_exposed<L> || ...);
    }

public:
    static constexpr bool is_needed = gives_any(std::make_integer_sequence<int, P::outputs>{}) || is_any_exposed(std::make_integer_sequence<int, leaf_count>{});

    /// Whether anything perhaps overlaps. `kept` is where the leaves are that the callee keeps.
    [[gnu::always_inline]] static bool may_overlap(const void* const* leaves, void* const* results, const std::int64_t* sizes, const memory_range& kept) {
        bool found = false;
        unrolled(up_to<leaf_count>, [&]<int L>() __attribute__((always_inline)) {
            if constexpr (is_exposed<L>) found = found || leaf<L>(leaves, sizes).template may_overlap<false>(kept);
        });
        unrolled(up_to<P::outputs>, [&]<int R>() __attribute__((always_inline)) {
            if constexpr (Call::gives(R)) {
                const memory_range written = result<R>(results, sizes);
                if constexpr (keeps_any) found = found || written.template may_overlap<false>(kept);
                unrolled(up_to<leaf_count>, [&]<int L>() __attribute__((always_inline)) {
                    constexpr bool equal = have_equal_size<P::plan.leaves[L], P::graph().roots[R]>;
                    if constexpr (!Call::keeps(L)) found = found || leaf<L>(leaves, sizes).template may_overlap<equal>(written);
                });
                unrolled(up_to<R>, [&]<int Q>() __attribute__((always_inline)) {
                    constexpr bool equal = have_equal_size<P::graph().roots[Q], P::graph().roots[R]>;
                    if constexpr (Call::gives(Q)) found = found || result<Q>(results, sizes).template may_overlap<equal>(written);
                });
            }
        });
        return found;
    }

    /// Refuses what could change a value. It takes copies, so that what a call knows can stay in registers.
    struct call_memory {
        counted<const void*, leaf_count> leaves;
        counted<void*, result_count> results;
        named_sizes<P::plan.dimensions.count> sizes;
    };
    [[gnu::cold, gnu::noinline]] static void refuse_harm(call_memory of) {
        const std::int64_t* const sizes = of.sizes.size;
        unrolled(up_to<P::outputs>, [&]<int R>() {
            if constexpr (Call::gives(R)) {
                const memory_range written = result<R>(of.results, sizes);
                unrolled(up_to<leaf_count>, [&]<int L>() {
                    const memory_range read = leaf<L>(of.leaves, sizes);
                    const bool good = read.is(written) && !is_replaced<L> && may_lie_over<P, R, L>();
                    if (read.overlaps(written) && !good) refuse_overlap(name<P::graph().roots[R]>, name<P::plan.leaves[L]>);
                });
                unrolled(up_to<R>, [&]<int Q>() {
                    if constexpr (Call::gives(Q))
                        if (result<Q>(of.results, sizes).overlaps(written)) refuse_overlap(name<P::graph().roots[R]>, name<P::graph().roots[Q]>);
                });
            }
        });
        unrolled(up_to<leaf_count>, [&]<int L>() {
            if constexpr (is_exposed<L>)
                unrolled(up_to<P::updates>, [&]<int U>() {
                    constexpr int variable = variable_of(P::outputs + U);
                    if constexpr (is_read_after<P, L, P::outputs + U>) {
                        const memory_range read = leaf<L>(of.leaves, sizes), written = leaf<variable>(of.leaves, sizes);
                        const bool good = read.is(written) && may_lie_over<P, P::outputs + U, L>();
                        if (read.overlaps(written) && !good) refuse_overlap(name<P::plan.leaves[L]>, name<P::plan.leaves[variable]>);
                    }
                });
        });
    }

private:
    template <int Id>
    static constexpr std::string_view name = expected<P, Id>.name;

    template <int L>
    [[gnu::always_inline]] static memory_range leaf(const void* const* leaves, const std::int64_t* sizes) {
        return range_of<P, P::plan.leaves[L]>(leaves[L], sizes);
    }
    template <int R>
    [[gnu::always_inline]] static memory_range result(void* const* results, const std::int64_t* sizes) {
        return range_of<P, P::graph().roots[R]>(results[R], sizes);
    }
};

} // namespace ctgrad::detail
