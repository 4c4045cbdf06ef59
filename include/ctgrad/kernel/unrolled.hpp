// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/target/compiler.hpp>

namespace ctgrad::detail {

template <int N>
inline constexpr simd::detail::indices<N> up_to{};

/// `unrolled(up_to<N>, f)` calls `f.template operator()<I>()` for I = 0, 1, ... N - 1: unrolled by the compiler's front
/// end, so that arrays indexed by I are registers whatever the optimiser's limits. (A list and no fold, which nests:
/// Clang stops at 256. And one function, since compilers take as long for each as for what it does.)
template <int... I, class F>
[[gnu::always_inline]] constexpr void unrolled(simd::detail::index_pack<int, I...>, const F& f) {
    [[maybe_unused]] const bool called[] = { true, (f.template operator()<I>(), true)... };
}

} // namespace ctgrad::detail
