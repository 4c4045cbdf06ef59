// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/runtime/bind.hpp>
#include <ctgrad/runtime/empty_axes.hpp>
#include <ctgrad/runtime/indices.hpp>
#include <ctgrad/runtime/overlap.hpp>

#include <cstring>
#include <utility>

namespace ctgrad::detail {

/// The expressions that a call's results are asked by.
template <class... E>
struct result_list {
    template <class L>
    static constexpr int index_of = [] {
        int at = -1, i = 0;
        ((std::is_same_v<L, E> ? at = i++ : i++), ...);
        return at;
    }();
};

/// A callee that keeps no leaves of its own.
struct owns_nothing {
    static constexpr bool holds(const node&) { return false; }
    static constexpr memory_range range() { return {}; }
    template <std::uint64_t>
    const void* address() const {
        return nullptr;
    }
};

/// The executor among the arguments of a call; `Found` if there is none.
template <class Found, class... B>
struct find_executor {
    using type = Found;
};
template <class Found, class First, class... B>
struct find_executor<Found, First, B...> : find_executor<std::conditional_t<executor<First>, First, Found>, B...> {};
template <class Found, class... B>
using executor_among = typename find_executor<Found, std::remove_const_t<B>...>::type;

/// The addresses and sizes of a call of program `P` with arguments `B...`. It owns the numbers among them and
/// nothing else; it may be copied.
template <class P, class Own, class Results, class... B>
class call_frame {
    static constexpr int leaf_count = P::plan.leaf_count;
    static constexpr int result_count = P::outputs + P::updates;
    static constexpr const node& leaf(int i) { return P::graph()[P::plan.leaves[i]]; }

public:
    /// Takes the arguments. Throws `ctgrad::error` where data contradict a shape or each other.
    [[gnu::always_inline]] explicit call_frame(const Own& own, B&... arguments) {
        unrolled(up_to<leaf_count>, [&]<int I>() __attribute__((always_inline)) {
            if constexpr (Own::holds(leaf(I)))
                leaves_[I] = own.template address<leaf(I).hash>();
            else
                (take_stored<I>(arguments), ...);
        });
        (take_data(arguments), ...);
        (take_executor(arguments), ...);
        unrolled(up_to<P::updates>, [&]<int U>() __attribute__((always_inline)) {
            constexpr int r = P::outputs + U, variable = variable_at(P::source().target_of(r));
            results_[r] = const_cast<void*>(leaves_[variable]);
        });
        settle_sizes(std::make_integer_sequence<int, sizeof...(B)>{}, arguments...);
        check_memory(own.range());
    }

    /// Whether a call's result `r` goes to memory of the caller.
    static constexpr bool gives([[maybe_unused]] int r) { return ((result_given<B> == r) || ...); }

    const std::int64_t* sizes() const { return sizes_.size; }
    void set_result(int r, void* memory) { results_[r] = memory; }
    void* result(int r) const { return results_[r]; }

    /// Whether `workspace_bytes` is 0 whatever the sizes.
    static constexpr bool fits_on_stack = workspace_layout<P>::is_static && workspace_layout<P>::static_size() <= stack_workspace<P>;
    /// The bytes of workspace that `run` must be given: 0 where the stack has room.
    [[gnu::always_inline]] std::size_t workspace_bytes() const {
        const std::size_t bytes = workspace_layout<P>(sizes()).size();
        return bytes <= stack_workspace<P> ? 0 : bytes;
    }

    [[gnu::always_inline]] void run(std::byte* workspace) noexcept(!can_fail<P>) {
        (place_number<B>(), ...);
        if constexpr (is_short<P> && !is_divided)
            run_here<P>(leaves_, results_, sizes(), nullptr, executor_);
        else
            run_apart<P>(leaves_, results_, sizes(), fits_on_stack ? nullptr : workspace, executor_);
    }

private:
    /// Room for a number given for a scalar leaf.
    struct number {
        alignas(8) std::byte bytes[8];
    };

    static constexpr int variable_at(int id) {
        for (int i = 0; i < leaf_count; ++i)
            if (P::plan.leaves[i] == id) return i;
        return -1;
    }
    /// The leaf that an argument brings data for, or -1.
    template <class A>
    static constexpr int leaf_fed = leaf_of<P, Own, typename argument<A>::leaf>;
    /// The node of that leaf, or -1.
    template <class A>
    static constexpr int node_fed = leaf_fed<A> < 0 ? -1 : P::plan.leaves[leaf_fed<A> < 0 ? 0 : leaf_fed<A>];
    /// The result that an argument brings memory for, or -1.
    template <class A>
    static constexpr int result_given = [] {
        if constexpr (is_expr<typename argument<A>::leaf>)
            if constexpr (leaf_fed<A> < 0) return Results::template index_of<typename argument<A>::leaf>;
        return -1;
    }();
    template <class A>
    static constexpr bool is_number = leaf_fed<A> >= 0 && std::is_arithmetic_v<std::remove_cv_t<typename argument<A>::data>>;

    template <int I, class A>
    [[gnu::always_inline]] void take_stored(A& given) {
        if constexpr (argument<A>::is_parameters) {
            constexpr int at = A::find(leaf(I).hash);
            if constexpr (at >= 0) leaves_[I] = given.data() + A::layout.leaves[at].offset;
        }
    }
    template <class A>
    [[gnu::always_inline]] void take_data(A& given) {
        if constexpr (is_number<A>) {
            const auto value = static_cast<scalar_of<argument<A>::leaf::type()>>(given.data);
            std::memcpy(&numbers_[leaf_fed<A>], &value, sizeof value);
        } else if constexpr (leaf_fed<A> >= 0)
            leaves_[leaf_fed<A>] = elements_in(given.data);
        if constexpr (result_given<A> >= 0) results_[result_given<A>] = elements_in(given.data);
    }
    template <class A>
    [[gnu::always_inline]] void take_executor(A& given) {
        if constexpr (executor<A>) executor_ = given;
    }
    template <class A>
    [[gnu::always_inline]] void place_number() {
        if constexpr (is_number<A>) leaves_[leaf_fed<A>] = &numbers_[leaf_fed<A>];
    }

    /// Finds the sizes of named dimensions, then checks all data.
    template <int... I>
    [[gnu::always_inline]] void settle_sizes(std::integer_sequence<int, I...>, B&... arguments) {
        static constexpr size_sources order =
            find_size_sources<P, data_for<node_fed<B>, std::remove_const_t<typename argument<B>::data>>...>();
        unrolled(up_to<order.count>, [&]<int L>() __attribute__((always_inline)) {
            (take_sizes < I == order.list[L].argument, order.list[L].known > (arguments), ...);
        });
        if constexpr (order.open >= 0) {
            constexpr int nodes[] = {node_fed<B>..., -1};
            refuse_open_size(P::plan.dimensions.names[order.open]->text, expected<P, nodes[order.open_leaf]>.name);
        }
        (check(arguments), ...);
        if ((is_misplaced_data(arguments) || ...)) [[unlikely]] // asked of all at once: a short program takes no longer than such questions
            (refuse_misplaced(arguments), ...);
        (check_indices(arguments), ...);
        refuse_empty_axes<P>(sizes());
    }
    /// Refuses results that would be put where the program still reads, or where it puts something else.
    [[gnu::always_inline]] void check_memory(const memory_range& kept) const {
        struct call {
            static constexpr bool gives([[maybe_unused]] int r) { return call_frame::gives(r); }
            static constexpr bool keeps(int l) { return Own::holds(leaf(l)); }
        };
        using memory = memory_check<P, call>;
        if constexpr (memory::is_needed)
            if (memory::may_overlap(leaves_, results_, sizes(), kept)) [[unlikely]] {
                typename memory::call_memory now{{}, {}, sizes_};
                for (int i = 0; i < leaf_count; ++i) now.leaves[i] = leaves_[i];
                for (int r = 0; r < result_count; ++r) now.results[r] = results_[r];
                memory::refuse_harm(now);
            }
    }
    template <bool IsSource, unsigned Known, class A>
    [[gnu::always_inline]] void take_sizes(A& given) {
        if constexpr (IsSource) sized_node<P, node_fed<A>>::template take_sizes<Known>(given.data, sizes_);
    }
    template <class A>
    [[gnu::always_inline]] void check(A& given) const {
        if constexpr (leaf_fed<A> >= 0) sized_node<P, node_fed<A>>::check(given.data, sizes_);
        if constexpr (result_given<A> >= 0) sized_node<P, P::graph().roots[result_given<A>]>::check(given.data, sizes_);
    }

    template <class A>
    [[gnu::always_inline]] static bool is_misplaced_data(A& given) {
        if constexpr (leaf_fed<A> >= 0 || result_given<A> >= 0)
            return is_misplaced(given.data) || !lies_by_rows(given.data);
        else
            return false;
    }
    template <class A>
    static void refuse_misplaced(A& given) {
        if constexpr (leaf_fed<A> >= 0 || result_given<A> >= 0) {
            constexpr std::string_view name = label_of(argument<A>::leaf::root());
            if (!lies_by_rows(given.data)) refuse_gaps(name);
            if (!is_misplaced(given.data) || count_in(given.data) == 0) return;
            if (elements_in(given.data) == nullptr) refuse_null(name);
            refuse_misaligned(name, alignof(scalar_of<argument<A>::leaf::type()>));
        }
    }

    /// Refuses class numbers and other indices that lie outside what they choose from.
    template <class A>
    [[gnu::always_inline]] void check_indices(A& given) const {
        if constexpr (leaf_fed<A> >= 0)
            unrolled(up_to<index_bounds<P>::count>, [&]<int I>() __attribute__((always_inline)) {
                constexpr index_bound bound = index_bounds<P>::all.bound[I];
                if constexpr (bound.leaf == node_fed<A>)
                    check_below(given.data, bound.place < 0 ? bound.extent : sizes_.size[bound.place < 0 ? 0 : bound.place],
                                label_of(argument<A>::leaf::root()));
            });
    }
    template <class Data>
    [[gnu::always_inline]] static void check_below(Data& data, std::int64_t bound, std::string_view leaf) {
        if constexpr (std::is_arithmetic_v<std::remove_cv_t<Data>>) {
            const auto index = static_cast<std::int32_t>(data);
            if (index < 0 || index >= bound) refuse_index(leaf, &index, 1, bound);
        } else {
            const auto* const indices = static_cast<const std::int32_t*>(elements_in(data));
            if (!all_below(indices, count_in(data), bound)) refuse_index(leaf, indices, count_in(data), bound);
        }
    }

    counted<const void*, leaf_count> leaves_{};
    counted<void*, result_count> results_{};
    counted<number, leaf_count> numbers_;
    named_sizes<P::plan.dimensions.count> sizes_;
    static constexpr bool is_divided = (executor<B> || ...);
    [[no_unique_address]] executor_among<undivided, B...> executor_{};
};

} // namespace ctgrad::detail
