// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>

namespace ctgrad {

/// `leaf = data` or `leaf = expression` that is left out where the leaf does not occur: made by `if_used`.
template <class Given>
struct optional_value : Given {};

/// For generic code that does not know whether a program has a leaf: `f(x = X, if_used(y = Y))` feeds it where it occurs, and
/// `substitute(loss, if_used(y = y + noise))` replaces it there. Everything else about the argument is checked as without it.
template <class Leaf, class Data, bool Holds>
constexpr auto if_used(binding<Leaf, Data, Holds> given) {
    return optional_value<binding<Leaf, Data, Holds>>{static_cast<binding<Leaf, Data, Holds>&&>(given)};
}
template <class Leaf, class Value>
constexpr optional_value<replacement<Leaf, Value>> if_used(replacement<Leaf, Value>) {
    return {};
}
constexpr poison if_used(poison) { return {}; }

} // namespace ctgrad
