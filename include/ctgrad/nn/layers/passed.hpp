// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/expr/poison.hpp>
#include <ctgrad/shape/phrase.hpp>

#include <tuple>

/// @file What passes from layer to layer beside one expression: one with a mask of its steps, or several.

namespace ctgrad {

/// `value` of shape `[N, T, ...]`, of which step t of example n counts where `mask[n, t]` holds: what `masking()` gives.
template <class X, class Mask>
struct masked {
    X value;
    Mask mask;
};
template <class X, class Mask>
masked(X, Mask) -> masked<X, Mask>;

/// Arguments: the layer, what it is given.
template <fact Layer, fact Given>
CTGRAD_RULE(layer_must_read_what_it_is_given, "recurrent layers and attention read masks; add, concatenate() merge branches.")
inline constexpr poison broken<fault::layer_must_read_what_it_is_given, Layer, Given>{};

namespace detail {

template <class T>
inline constexpr bool is_masked = false;
template <class X, class Mask>
inline constexpr bool is_masked<masked<X, Mask>> = true;
template <class T>
inline constexpr bool is_several = false;
template <class... X>
inline constexpr bool is_several<std::tuple<X...>> = true;
template <class T>
inline constexpr bool is_several_expressions = false;
template <class... X>
inline constexpr bool is_several_expressions<std::tuple<X...>> = (expression<X> && ...);

/// What a layer may be given.
template <class T>
concept passed = expression<T> || is_masked<T> || is_several<T>;

/// The value without its mask.
template <class X>
constexpr X without_mask(X x) {
    return x;
}
template <class X, class Mask>
constexpr X without_mask(masked<X, Mask> x) {
    return x.value;
}

/// Whether `Y` has a row for each element of `Mask`.
template <class Y, class Mask>
constexpr bool has_steps_of() {
    return Y::rank >= 2 && Y::shape()[0] == Mask::shape()[0] && Y::shape()[1] == Mask::shape()[1];
}

/// `y` with mask `mask`; a mistake needs none.
template <class Y, class Mask>
constexpr auto with_mask(Y y, Mask mask) {
    if constexpr (is_poison<Y>)
        return y;
    else
        return masked<Y, Mask>{y, mask};
}

/// For an error: what a layer is given that it does not read.
template <class X>
constexpr phrase phrase_of_passed() {
    if constexpr (is_masked<X>)
        return phrase("a mask");
    else if constexpr (is_several<X>)
        return phrase() << static_cast<int>(std::tuple_size_v<X>) << " tensors";
    else
        return phrase_of(X::shape());
}

/// `f` of several: of all at once, or of two and then of the result and the next.
template <class F, class A, class... More>
constexpr auto merged(const F& f, A a, More... more) {
    if constexpr (std::is_invocable_v<const F&, A, More...>)
        return f(a, more...);
    else
        return [&f]<class B, class... Rest>(A first, B second, Rest... rest) { return merged(f, f(first, second), rest...); }(a, more...);
}

} // namespace detail
} // namespace ctgrad
