// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ctgrad::simd::detail {

/// 0, 1, ... N - 1 as a pack, without the cost of <utility>.
template <class T, T... I>
struct index_pack {};

#if __has_builtin(__make_integer_seq)
template <int N>
using indices = __make_integer_seq<index_pack, int, N>;
#else
template <int N>
using indices = index_pack<int, __integer_pack(N)...>;
#endif

} // namespace ctgrad::simd::detail
