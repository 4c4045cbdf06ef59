// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/loss_rules.hpp>

namespace ctgrad {

/// An argument that says what it is: `labels = y_`.
template <class Name, class X>
struct named_argument {
    X value;
};

struct labels_t {
    template <operand X>
    constexpr named_argument<labels_t, X> operator=(X x) const {
        return {x};
    }
};
/// Names the truth among the arguments of a cross-entropy: `labels = y_`.
inline constexpr labels_t labels{};

struct logits_t {
    template <operand X>
    constexpr named_argument<logits_t, X> operator=(X x) const {
        return {x};
    }
};
/// Names the unscaled scores among the arguments of a cross-entropy: `logits = matmul(x, W) + b`.
inline constexpr logits_t logits{};

namespace detail {

/// An argument without its name.
template <class X>
struct unnamed {
    using name = void;
    static constexpr X of(X x) { return x; }
};
template <class Name, class X>
struct unnamed<named_argument<Name, X>> {
    using name = Name;
    static constexpr X of(named_argument<Name, X> x) { return x.value; }
};
template <class X>
using unnamed_type = decltype(unnamed<X>::of(std::declval<X>()));

/// Whether the names of two arguments say that logits come first.
template <class First, class Second>
concept logits_first = std::is_same_v<typename unnamed<First>::name, logits_t> && std::is_same_v<typename unnamed<Second>::name, labels_t>;
/// Whether they say, or leave unsaid, that labels do.
template <class First, class Second>
concept labels_first =
    !std::is_same_v<typename unnamed<First>::name, logits_t> && !std::is_same_v<typename unnamed<Second>::name, labels_t>;

/// What is wrong with labels and logits for `Formula`.
template <class Formula, class Labels, class Logits>
struct logits_check {
    static constexpr finding found = check_loss_operands<Labels, Logits>({phrase(Formula::name), Formula::class_numbers});
};

} // namespace detail

/// The function object of a cross-entropy: `f(labels = y_, logits = z)` in either order, or `f(y_, z)`.
/// @tparam Formula says `of(labels, logits)`, the `name` that errors show, and whether labels are
/// `class_numbers` or as many as logits.
template <class Formula>
struct labels_and_logits_function {
    template <class Labels, class Logits>
        requires detail::labels_first<Labels, Logits> && operand<detail::unnamed_type<Labels>> && operand<detail::unnamed_type<Logits>>
    constexpr auto operator()(Labels y, Logits z) const {
        using check = detail::logits_check<Formula, detail::unnamed_type<Labels>, detail::unnamed_type<Logits>>;
        if constexpr (!check::found.is_fine())
            return refuse<check>();
        else
            return Formula::of(detail::unnamed<Labels>::of(y), detail::unnamed<Logits>::of(z));
    }
    template <class Logits, class Labels>
        requires detail::logits_first<Logits, Labels>
    constexpr auto operator()(Logits z, Labels y) const {
        return (*this)(y, z);
    }
};

} // namespace ctgrad
