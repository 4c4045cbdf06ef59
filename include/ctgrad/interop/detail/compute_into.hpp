// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/function.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace ctgrad::detail {

/// Whether the call itself puts `E`, number `I` of `All`, in the memory that is given for it. A leaf among the results is data that are
/// fed, and of equal expressions one is computed; others are copies.
template <class All, std::size_t I, class E>
inline constexpr bool is_put = !leaf_expression<E> && All::template index_of<E> == static_cast<int>(I);

template <class All, std::size_t I, class E, class Number>
auto result_memory(std::span<Number> memory) {
    if constexpr (is_put<All, I, E>)
        return std::tuple(E{} = std::span<Number>(memory)); // what has a name would be referred to
    else
        return std::tuple();
}

template <bool IsPut, class Result, class Number>
void copy_result(const Result& from, std::span<Number> to) {
    if constexpr (!IsPut && !is_poison<Result>) {
        if constexpr (std::is_arithmetic_v<Result>)
            to[0] = from;
        else
            std::copy(from.begin(), from.end(), to.begin());
    }
}

/// Computes `E...`, each into `memory[i]`, of which it has as many elements. `arguments` are those of a call of a `function`.
template <class... E, class Number, class... B>
void compute_into(const std::array<std::span<Number>, sizeof...(E)>& memory, const B&... arguments) {
    using all = result_list<E...>;
    if constexpr (!(is_poison<E> || ...))
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            std::apply(
                [&](const auto&... into) {
                    const auto found = function{E{}...}(arguments..., into...);
                    if constexpr (sizeof...(E) == 1)
                        (copy_result<is_put<all, I, E>>(found, memory[I]), ...);
                    else
                        (copy_result<is_put<all, I, E>>(std::get<I>(found), memory[I]), ...);
                },
                std::tuple_cat(result_memory<all, I, E>(memory[I])...));
        }(std::index_sequence_for<E...>{});
}

} // namespace ctgrad::detail
