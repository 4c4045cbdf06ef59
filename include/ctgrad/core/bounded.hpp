// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/list.hpp>

namespace ctgrad {

/// What a list held, in a constant with room for `Room` elements; of a longer list only the size is right.
template <class T, int Room>
struct bounded {
    counted<T, Room> items{};
    int size = 0;

    constexpr explicit bounded(const list<T>& from) : size(from.size()) {
        for (int i = 0; i < size && i < Room; ++i) items[i] = from[i];
    }

    /// Copies all elements to `to`, which has room for them.
    constexpr void copy_to(T* to) const {
        for (int i = 0; i < size; ++i) to[i] = items[i];
    }
};

} // namespace ctgrad
