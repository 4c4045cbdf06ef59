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

/// Which form of a metric a truth `T` and a prediction `P` ask for, as Keras finds it for a name.
enum class label_form : std::uint8_t { class_numbers, binary, sparse, categorical };

template <class T, class P>
constexpr label_form form_of() {
    if (!is_floating(P::type())) return label_form::class_numbers;
    if (T::type() == dtype::int32) return label_form::sparse;
    return P::rank < 2 || P::shape()[P::rank - 1].is_one() ? label_form::binary : label_form::categorical;
}

} // namespace ctgrad::detail
