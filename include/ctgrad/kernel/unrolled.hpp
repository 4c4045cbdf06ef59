// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/simd/target/compiler.hpp>

#include <initializer_list>

/// @file Code that is repeated by the compiler's front end, so that arrays indexed by a pack are registers whatever the optimiser's
/// limits. A compiler takes as long for each function as for what it does: repeat an expression of a pack, `((x[I] = 0), ...)`, in one
/// function, and call a function for each element only where that must ask something of its number.

namespace ctgrad::detail {

template <int... I>
using index_pack = simd::detail::index_pack<int, I...>;

/// 0, 1, ... N - 1 as a pack: `[&]<int... I>(index_pack<I...>) { ((x[I] = 0), ...); }(up_to<N>)`.
template <int N>
inline constexpr simd::detail::indices<N> up_to{};

/// `unrolled(up_to<N>, f)` calls `f.template operator()<I>()` for I = 0, 1, ... N - 1. (A list and no fold, which nests:
/// Clang stops at 256.)
template <int... I, class F>
[[gnu::always_inline]] constexpr void unrolled(index_pack<I...>, const F& f) {
    [[maybe_unused]] const bool called[] = { true, (f.template operator()<I>(), true)... };
}

/// Whether one of them is true.
constexpr bool is_any(std::initializer_list<bool> all) {
    for (const bool each : all)
        if (each) return true;
    return false;
}

/// The numbers of a pack that are chosen: `chosen_numbers<index_pack<0, 1, 2>, true, false, true>` is `index_pack<0, 2>`.
template <class Numbers, bool... Is>
struct choice;
template <int... I, bool... Is>
struct choice<index_pack<I...>, Is...> {
    struct numbers {
        counted<int, sizeof...(I)> number{};
        int count = 0;
    };
    static constexpr numbers list = [] { // a loop and no fold, which nests
        constexpr counted<int, sizeof...(I)> all{I...};
        constexpr counted<bool, sizeof...(I)> is{Is...};
        numbers l;
        for (int k = 0; k < static_cast<int>(sizeof...(I)); ++k)
            if (is[k]) l.number[l.count++] = all[k];
        return l;
    }();
    template <int... At>
    static index_pack<list.number[At]...> pick(index_pack<At...>);
    using type = decltype(pick(up_to<list.count>));
};
template <class Numbers, bool... Is>
using chosen_numbers = typename choice<Numbers, Is...>::type;

/// Those of 0, 1, ... Count - 1 for which `Is` holds, as a pack. Long packs are asked so: where what is asked of each number stands in
/// a template that has the pack among its arguments, g++ copies the pack for each number.
template <int Count, bool (*Is)(int)>
struct numbers_that {
    struct numbers {
        counted<int, Count> number{};
        int count = 0;
    };
    static constexpr numbers list = [] {
        numbers l;
        for (int k = 0; k < Count; ++k)
            if (Is(k)) l.number[l.count++] = k;
        return l;
    }();
    template <int... At>
    static index_pack<list.number[At]...> pick(index_pack<At...>);
    using type = decltype(pick(up_to<list.count>));
};
template <int Count, bool (*Is)(int)>
using numbers_that_are = typename numbers_that<Count, Is>::type;

} // namespace ctgrad::detail
