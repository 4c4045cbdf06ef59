// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

namespace ctgrad::detail {

/// Class numbers without the column that they may have of their own.
template <operand T, operand P>
constexpr auto without_column(T t, P) {
    if constexpr (T::rank == P::rank)
        return reduce_sum(t, axis<-1>);
    else
        return t;
}

} // namespace ctgrad::detail
