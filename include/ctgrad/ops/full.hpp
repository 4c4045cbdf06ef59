// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/dims.hpp>

namespace ctgrad {

namespace detail {

template <std::uint64_t Bits, dtype Type, const tensor_shape& Shape>
struct make_full {
    constexpr draft_graph operator()() const {
        builder made;
        list<ref> roots;
        roots.push_back(constant(made, std::bit_cast<double>(Bits), Type, Shape));
        return extract(made, roots);
    }
};
template <class X>
inline constexpr tensor_shape shape_of_expression = X::shape();

/// One number, in the dtype and shape of `x`.
template <std::uint64_t Bits, class X>
constexpr auto full_like_of([[maybe_unused]] X x) {
    if constexpr (std::is_same_v<X, ref>)
        return constant(*x.graph, std::bit_cast<double>(Bits), x->type, x.shape());
    else if constexpr (is_poison<X>)
        return poison{};
    else if constexpr (is_literal<X>)
        return literal<Bits>{};
    else
        return make_expr(make_full<Bits, X::type(), shape_of_expression<X>>{});
}

} // namespace detail

/// A number everywhere, in the dtype and shape of `x`: `full_like(x, 0.5_c)`. Its gradient is 0. Source: `numpy.full_like`.
template <operand X, std::uint64_t Bits>
constexpr auto full_like(X x, literal<Bits>) {
    return detail::full_like_of<Bits>(x);
}
/// Zeros in the dtype and shape of `x`: `scan(step, zeros_like(h), xs)`. Source: `tf.zeros_like`.
template <operand X>
constexpr auto zeros_like(X x) {
    return detail::full_like_of<detail::number_bits(0)>(x);
}
/// Ones in the dtype and shape of `x`. Source: `tf.ones_like`.
template <operand X>
constexpr auto ones_like(X x) {
    return detail::full_like_of<detail::number_bits(1)>(x);
}

/// A number everywhere: `fill<float>(dims<N, 64>, 0_c)`. Source: `tf.fill`.
/// @tparam T the element type.
template <class T, dimension... D, std::uint64_t Bits>
constexpr auto fill(dims_t<D...>, literal<Bits>) {
    return detail::make_expr(detail::make_full<Bits, dtype_of<T>, dims_t<D...>::shape>{});
}

} // namespace ctgrad
