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
    constexpr std::size_t bytes = ctgrad::size_of(P::graph()[Id].type);
    return {first, static_cast<std::size_t>(value_of<sized_node<P, Id>::size>(sizes)) * bytes};
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
    static constexpr bool is_replaced(int l) {
        for (int u = P::outputs; u < result_count; ++u)
            if (variable_of(u) == l) return true;
        return false;
    }
    /// Whether data fed for leaf `l` are read after some variable has been replaced.
    static constexpr bool is_exposed(int l) {
        for (int u = P::outputs; u < result_count; ++u)
            if (!Call::keeps(l) && is_read_after<P>(l, u)) return true;
        return false;
    }
    static constexpr bool keeps_any = [] {
        bool any = false;
        for (int l = 0; l < leaf_count; ++l) any = any || Call::keeps(l);
        return any;
    }();
    template <int A, int B>
    static constexpr bool have_equal_size =
        sized_node<P, A>::size == sized_node<P, B>::size && ctgrad::size_of(P::graph()[A].type) == ctgrad::size_of(P::graph()[B].type);

public:
    static constexpr bool is_needed = [] {
        for (int r = 0; r < P::outputs; ++r)
            if (Call::gives(r)) return true;
        for (int l = 0; l < leaf_count; ++l)
            if (is_exposed(l)) return true;
        return false;
    }();

    /// Whether anything perhaps overlaps. `kept` is where the leaves are that the callee keeps.
    [[gnu::always_inline]] static bool may_overlap(const void* const* leaves, void* const* results, const std::int64_t* sizes,
                                                   const memory_range& kept) {
        bool found = false;
        unrolled(up_to<leaf_count>, [&]<int L>() __attribute__((always_inline)) {
            if constexpr (is_exposed(L)) found = found || leaf<L>(leaves, sizes).template may_overlap<false>(kept);
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
        counted<memory_range, leaf_count> read;
        counted<memory_range, result_count> written;
        unrolled(up_to<leaf_count>, [&]<int L>() { read[L] = leaf<L>(of.leaves, of.sizes.size); });
        unrolled(up_to<P::outputs>, [&]<int R>() { written[R] = result<R>(of.results, of.sizes.size); });
        unrolled(up_to<P::updates>, [&]<int U>() {
            constexpr int variable = variable_of(P::outputs + U);
            written[P::outputs + U] = read[variable];
        });
        for (int r = 0; r < result_count; ++r) {
            for (int l = 0; l < leaf_count; ++l) {
                const harm found = harms.of[r][l];
                const bool excused = found == harm::none || (found == harm::unless_equal && written[r].is(read[l]));
                if (!excused && written[r].overlaps(read[l])) refuse_overlap(names.written[r], names.read[l]);
            }
            for (int q = 0; q < r && Call::gives(r); ++q)
                if (Call::gives(q) && written[r].overlaps(written[q])) refuse_overlap(names.written[r], names.written[q]);
        }
    }

private:
    /// Where a result must not lie.
    enum class harm : std::uint8_t { none, always, unless_equal };
    struct harm_table {
        counted<counted<harm, leaf_count>, result_count> of{};
    };
    static constexpr harm harm_of(int r, int l) {
        const bool update = r >= P::outputs;
        if (update ? Call::keeps(l) || !is_read_after<P>(l, r) : !Call::gives(r)) return harm::none;
        return (update || !is_replaced(l)) && may_lie_over<P>(r, l) ? harm::unless_equal : harm::always;
    }
    static constexpr harm_table harms = [] {
        harm_table t;
        for (int r = 0; r < result_count; ++r)
            for (int l = 0; l < leaf_count; ++l) t.of[r][l] = harm_of(r, l);
        return t;
    }();

    struct name_table {
        counted<std::string_view, leaf_count> read;
        counted<std::string_view, result_count> written;
    };
    static constexpr name_table names = [] {
        name_table t;
        for (int l = 0; l < leaf_count; ++l) t.read[l] = label_of(P::graph()[P::plan.leaves[l]]);
        for (int r = 0; r < result_count; ++r) {
            const int written = r < P::outputs ? P::graph().roots[r] : P::source().target_of(r);
            t.written[r] = label_of(P::graph()[written]);
        }
        return t;
    }();

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
