// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/plan/report/count_figures.hpp>

#include <concepts>
#include <type_traits>

namespace ctgrad {

/// What has a program: a `function`, the training step that `minimize` makes, a `trainer`; or a mistake.
template <class F>
concept has_program = std::derived_from<F, poison> || requires { typename F::program; };

namespace detail {
template <class F>
constexpr auto find_program() {
    if constexpr (std::derived_from<F, poison>)
        return std::type_identity<poison>{};
    else
        return std::type_identity<typename F::program>{};
}
} // namespace detail

/// The program of `F`; of a mistake `poison`.
template <has_program F>
using program_of = typename decltype(detail::find_program<F>())::type;

/// The figures of a compiled program as constants, for given sizes of its named dimensions:
/// `static_assert(figures(step, N = 64).workspace_bytes < 100'000)`.
///
/// - `flops`: operations on numbers. An elementwise op counts 1 an element (an elementary function what its
///   float polynomial takes: exp 25, tanh 45, ...), a reduction 1 for each element that it combines, a matrix
///   product 2 for each multiplication with its addition.
/// - `bytes_read`, `bytes_written`: what the kernels move. What a kernel reads counts once for each of its passes over
///   a row, however often it is repeated there; what it writes counts once. What a loop takes over from a matrix
///   product block by block counts only if it stays in memory.
/// - `workspace_bytes`: the memory between the kernels, what long sums that run on in memory need beside their results, and for a scan two
///   places for each carry and the workspace of a step. The work of a step counts as often as it is repeated.
/// - `kept_values`, `kept_bytes`: values that the first result (the loss) is made of and that lie in the
///   workspace for a kernel that makes nothing of that result: what the forward pass keeps for the backward pass.
///
/// Throws `ctgrad::error` (is no constant) when the size of a named dimension is missing or unknown.
template <has_program F, std::same_as<dimension_size>... S>
constexpr program_figures figures(const F&, [[maybe_unused]] S... given) {
    using P = program_of<F>;
    if constexpr (std::same_as<P, poison>)
        return {};
    else {
        std::int64_t sizes[max_named_dimensions];
        for (std::int64_t& size : sizes) size = -1;
        auto take = [&](const dimension_size& one) {
            const int at = P::plan.dimensions.index_of(one.name);
            if (at < 0) fail("ctgrad: the program has no such named dimension");
            sizes[at] = one.size;
        };
        (take(given), ...);
        for (int i = 0; i < P::plan.dimensions.count; ++i)
            if (sizes[i] < 0) fail("ctgrad: the figures depend on the sizes of all named dimensions: figures(program, N = 64)");
        program_figures all = detail::count_figures<P>().at(sizes);
        all.workspace_bytes += static_cast<std::int64_t>(detail::further_workspace<P>(sizes));
        return all;
    }
}

} // namespace ctgrad
