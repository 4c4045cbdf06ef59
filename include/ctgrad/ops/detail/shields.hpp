// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/graph/value_facts.hpp>

namespace ctgrad::detail {

/// The operands of product `a` whose zeros are meant, as bits: where one is 0 the term is 0, though the other be
/// infinite or NaN. Products of a gradient have them.
constexpr int shields_of(const attributes& a) { return a.numbers[0]; }

constexpr attributes with_shields(int shields) {
    attributes a;
    a.numbers[0] = shields;
    return a;
}

/// Whether the other factor of product `at.y` has meant zeros.
constexpr bool other_is_shielding(const adjoint& at) { return (shields_of(at.attrs()) >> (1 - at.wrt) & 1) != 0; }

/// The shields of the product of a gradient, operand `gradient`, and `other`, a factor of `at.y`.
constexpr int shields_in_derivative(const adjoint& at, ref other, int gradient) {
    const bool in_gradient = at.shielded && !is_always_finite(other);
    return (in_gradient ? 1 << gradient : 0) | (other_is_shielding(at) ? 2 >> gradient : 0);
}

/// One term of a product with `shields`.
template <class T>
constexpr T shielded_term(int shields, T a, T b) {
    return ((shields & 1) != 0 && a == 0) || ((shields & 2) != 0 && b == 0) ? T(0) : a * b;
}

} // namespace ctgrad::detail
