// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace ctgrad::detail {

template <int I, class T>
struct slot_of {
    T value;
};

/// Values by index; after inlining they are registers.
template <class Indices, class... T>
struct registers;
template <int... I, class... T>
struct registers<std::integer_sequence<int, I...>, T...> : slot_of<I, T>... {};

template <int I, class T>
[[gnu::always_inline]] constexpr T& get(slot_of<I, T>& s) {
    return s.value;
}

} // namespace ctgrad::detail
