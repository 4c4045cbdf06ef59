// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/run_scan.hpp>
#include <ctgrad/kernel/split_kernels.hpp>
#include <ctgrad/plan/program.hpp>

namespace ctgrad {

namespace detail {

/// The byte offset of each region, behind them those of the sums of blocks and of what scans need, and the size of the whole workspace.
template <class P>
struct workspace_layout {
    static constexpr int count = P::plan.region_count;
    /// Whether the sizes of named dimensions make no difference.
    static constexpr bool is_static = [] {
        for (int i = 0; i < count; ++i)
            if (!P::plan.regions[i].size.is_static()) return false;
        if constexpr (has_scan_kernels<P>)
            if (!has_scans_of_static_room<P>) return false;
        return has_room_of_static_size<P>;
    }();
    counted<std::size_t, count + 3> offsets{};

    constexpr explicit workspace_layout(const std::int64_t* sizes) {
        unrolled(up_to<count>, [&]<int I>() {
            const std::size_t elements = static_cast<std::size_t>(value_of<P::plan.regions[I].size>(sizes));
            offsets[I + 1] = offsets[I] + aligned(elements * ctgrad::size_of(P::plan.regions[I].type));
        });
        offsets[count + 1] = offsets[count];
        if constexpr (has_running_sums<P>) offsets[count + 1] += aligned(static_cast<std::size_t>(room_for_running_sums<P>(sizes)));
        offsets[count + 2] = offsets[count + 1];
        if constexpr (has_scan_kernels<P>) offsets[count + 2] += room_for_scans<P>(sizes);
    }
    constexpr std::size_t size() const { return offsets[count + 2]; }

    /// The size where that of named dimensions makes no difference.
    static constexpr std::size_t static_size() {
        const std::int64_t none[max_named_dimensions]{};
        return workspace_layout(none).size();
    }
};

/// Whether program `P` is so short that it becomes part of its caller: then addresses and sizes are registers.
template <class P>
inline constexpr bool is_short = [] {
    if (!workspace_layout<P>::is_static || workspace_layout<P>::static_size() > this_target.inlined_workspace) return false;
    return [&]<int... S>(std::integer_sequence<int, S...>) {
        auto terms = []<int I>(std::integral_constant<int, I>) {
            constexpr kernel s = P::plan.kernels[I];
            if constexpr ((s.kind == kernel_kind::loop && s.driver < 0) || s.kind == kernel_kind::copy)
                return P::template loop<I>.term_count;
            else
                return this_target.inlined_terms + 1;
        };
        return (0 + ... + terms(std::integral_constant<int, S>{})) <= this_target.inlined_terms;
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
}();

/// Whether a run of program `P` can throw: an op may have no result for what it is given.
template <class P>
inline constexpr bool can_fail = [] {
    for (const kernel& each : P::plan.kernels)
        if ((each.kind == kernel_kind::general || each.kind == kernel_kind::scan) && is_fallible(P::graph()[each.node])) return true;
    return false;
}();

template <class P, int S, class Op>
inline void run_loop_of_op(const arguments& a) {
    constexpr node n = P::graph()[P::plan.kernels[S].node];
    const auto result = strided_result<P, S>(a);
    const auto evaluate_to = [&](const auto& to) {
        [&]<int... K>(std::integer_sequence<int, K...>) {
            Op::evaluate(n, to, strided_over<P, n.inputs[K]>(a)...);
        }(std::make_integer_sequence<int, Op::arity>{});
    };
    constexpr running_sums running = running_sums_of_kernel<P, S>();
    if constexpr (running.can_be_long())
        if (running.are_long(a.sizes)) {
            using T = scalar_of<n.type>;
            auto* const sums = a.template block_sums<P, block_sum<T>>();
            evaluate_to(contiguous(sums, n.shape.rank, result.extent));
            return store_blocks(sums, result.data, value_of<running.count>(a.sizes));
        }
    evaluate_to(result);
}

/// A kernel of an op that computes items: defined in kernel/items.hpp, which headers of such ops include.
template <class P, int S>
struct item_kernel;

template <class P, int S>
inline void run_general(const arguments& a) {
    constexpr kernel self = P::plan.kernels[S];
    constexpr node n = P::graph()[self.node];
    using op = op_type<n.op>;
    if constexpr (n.op->item_axes >= 0)
        item_kernel<P, S>::run(a);
    else
        run_loop_of_op<P, S, op>(a);
}

template <class P, int S, class Executor>
[[gnu::always_inline]] inline void run_kernel(const arguments& a, [[maybe_unused]] const Executor& on) {
    constexpr kernel_kind kind = P::plan.kernels[S].kind;
    constexpr bool driven = P::plan.kernels[S].driver >= 0;
    if constexpr (kind == kernel_kind::general) {
        if constexpr (special_kernel_of<P, S>::exists)
            special_kernel_of<P, S>::run(a);
        else
            run_general<P, S>(a);
    } else if constexpr (kind == kernel_kind::scan)
        scan_runner<P, S>::run(a, on);
    else if constexpr (!std::is_same_v<Executor, undivided>) {
        using split = std::conditional_t<kind == kernel_kind::contraction, split_contraction<P, S>,
                                         std::conditional_t<driven, split_driven_loop<P, S>, split_loop<P, S>>>;
        split::run(a, on);
    } else if constexpr (kind == kernel_kind::contraction)
        run_contraction<contraction_kernel<P, S>>(a);
    else if constexpr (driven)
        run_contraction<driven_loop_kernel<P, S>>(a);
    else if constexpr (is_short<P>)
        loop_runner<P, S>::run_inline(a);
    else
        loop_runner<P, S>::run(a);
}

template <class P, class Executor>
[[gnu::always_inline]] inline void run_kernels(const arguments& a, const Executor& on) {
    unrolled(up_to<P::plan.kernel_count>, [&]<int S>() __attribute__((always_inline)) { run_kernel<P, S>(a, on); });
}

/// The workspace up to which program `P` has it on the stack, in bytes.
template <class P>
inline constexpr std::size_t stack_workspace = [] {
    if (!workspace_layout<P>::is_static) return this_target.stack_workspace_named;
    const std::size_t bytes = workspace_layout<P>::static_size();
    return bytes <= this_target.stack_workspace ? bytes : 0;
}();

/// Runs program `P` on addresses in the order of its leaves and results. Where it is given no workspace, one of
/// `stack_workspace` bytes is on the stack.
template <class P, class Executor>
[[gnu::always_inline]] inline void run_here(const void* const* leaves, void* const* results, const std::int64_t* sizes,
                                            std::byte* workspace, const Executor& on) {
    alignas(buffer_alignment) std::byte memory[stack_workspace<P> + 1];
    const workspace_layout<P> layout(sizes);
    run_kernels<P>({leaves, results, sizes, workspace != nullptr ? workspace : memory, layout.offsets}, on);
}
/// The same, and keeps the workspace and the code out of the caller.
template <class P, class Executor>
[[gnu::noinline, CTGRAD_OPTIMIZED]] void run_apart(const void* const* leaves, void* const* results, const std::int64_t* sizes,
                                                   std::byte* workspace, const Executor& on) {
    run_here<P>(leaves, results, sizes, workspace, on);
}

} // namespace detail

/// Runs all kernels of program `P` in order. Nothing is allocated.
template <class P, class Executor = detail::undivided>
inline void run_program(const detail::arguments& a, const Executor& on = {}) {
    detail::run_kernels<P>(a, on);
}

} // namespace ctgrad
