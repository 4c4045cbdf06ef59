// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/packed.hpp>
#include <ctgrad/runtime/function.hpp>

#include <span>
#include <string_view>

/// @file What is wrong with the arguments of an `objective` or `residuals`, found where it is made.

namespace ctgrad {

/// Arguments: the function, what is computed, what stands where packed leaves belong.
template <fact Function, fact Result, fact Given>
CTGRAD_RULE(leaves_must_be_packed, "give packed{W, b}: leaves of static extents and of the dtype of the result.")
inline constexpr poison broken<fault::leaves_must_be_packed, Function, Result, Given>{};

namespace detail {

/// Whether a mistake was found in any of the types, or in leaves that are packed.
template <class... T>
inline constexpr bool holds_poison = (is_poison<T> || ...);
template <class... V, class... T>
inline constexpr bool holds_poison<packed<V...>, T...> = holds_poison<V..., T...>;

/// What is made of a mistake: everything about it is accepted.
struct refused_callee : poison {
    using number = double;
    static constexpr std::size_t size = 1, blocks = 1, static_count = 1;
    static constexpr std::size_t block_sizes[] = {1};
    static constexpr std::size_t count() { return 1; }
    template <class... T>
    static constexpr void at_blocks(T&&...) {}
    template <class... T>
    static constexpr void weighted_hessian(T&&...) {}
};

/// Says which leaves are meant.
template <class Leaves>
inline constexpr const Leaves* leaves_at = nullptr;

template <class E>
constexpr phrase result_shown() {
    return phrase_of(E::type(), E::shape());
}

/// What an error shows of what stands where packed leaves belong.
template <class Given>
constexpr phrase packed_shown() {
    if constexpr (is_expr<Given>)
        return phrase_of(Given::type(), Given::shape());
    else
        return phrase("something else");
}

/// What is wrong with `packed<V...>` as the leaves of the result `E`.
template <class E, class... V>
constexpr finding check_packed(std::string_view function, const packed<V...>*) {
    if constexpr (constexpr finding leaves = check_wrt<E, V...>("packed"); !leaves.is_fine())
        return leaves;
    else {
        const linked_node* const roots[] = {&V::root()...};
        for (std::size_t i = 0; i < sizeof...(V); ++i) {
            const linked_node& leaf = *roots[i];
            if (!leaf.shape.is_static() || leaf.type != E::type())
                return {fault::leaves_must_be_packed, function, result_shown<E>(),
                        phrase(leaf.name->text) << " " << phrase_of(leaf.type, leaf.shape)};
            for (std::size_t j = 0; j < i; ++j)
                if (roots[j]->hash == leaf.hash) return {fault::leaf_must_be_named_once, function, leaf.name->text};
            if (!has_leaf(E::root(), leaf.hash)) return {fault::leaf_must_occur, function, leaf.name->text};
        }
        return {};
    }
}
template <class E, class Given>
constexpr finding check_packed(std::string_view function, const Given*) {
    return {fault::leaves_must_be_packed, function, result_shown<E>(), packed_shown<Given>()};
}

/// What is wrong with differentiating the scalar `L` by the packed leaves.
template <class L, class... V>
constexpr finding check_slopes(const packed<V...>*) {
    return gradient_check<L, V...>::found;
}
/// What is wrong with the Jacobian of `R` by the packed leaves.
template <class R, class... V>
constexpr finding check_jacobians(const packed<V...>*) {
    return jacobian_check<R, passes::cheaper, V...>::found;
}

/// What is wrong with calling the program of `E` with the packed leaves and `Fed...`.
template <class E, class... Fed, class... V>
constexpr finding check_fed(const packed<V...>*) {
    using number = scalar_of<E::type()>;
    using program = ctgrad::program<make_outputs<E>, 1>;
    return call_types<program, owns_nothing, result_list<E>, Fed..., binding<V, std::span<const number>, true>...>::found;
}

} // namespace detail
} // namespace ctgrad
