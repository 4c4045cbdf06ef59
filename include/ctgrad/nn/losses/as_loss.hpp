// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>

namespace ctgrad {

/// Arguments: the function, what the callable gives.
template <fact Function, fact Given>
CTGRAD_RULE(loss_must_give_an_expression, "return an expression of truth and prediction: one value an example, or one number.")
inline constexpr poison broken<fault::loss_must_give_an_expression, Function, Given>{};

namespace detail {

/// What is wrong with callable `F` as a loss of a truth and a prediction.
template <class F, class T, class P>
constexpr finding check_callable() {
    constexpr fault broken = fault::loss_must_give_an_expression;
    if constexpr (are_swapped<T, P>())
        return {fault::truth_and_prediction_must_not_be_swapped, "loss", first_variable(T::root())->name->text};
    else if constexpr (!std::is_invocable_v<const F&, T, P>)
        return {broken, "loss", "no (truth, prediction)"};
    else {
        using value = std::remove_cvref_t<std::invoke_result_t<const F&, T, P>>;
        if constexpr (is_expr<value> || is_poison<value>)
            return {};
        else if constexpr (std::is_arithmetic_v<value> || is_literal<value>)
            return {broken, "loss", "number"};
        else
            return {broken, "loss", std::is_void_v<value> ? "nothing" : "no expression"};
    }
}
template <class F, class T, class P>
struct callable_check {
    static constexpr finding found = check_callable<F, T, P>();
};

} // namespace detail

/// A loss object of a callable `(t, p) -> expression`: one value an example, or one number for all.
template <class F, class Mode>
class own_loss : public loss_base {
    F of_;

public:
    static constexpr char name[] = "loss";

    template <class T, class P>
    using check = detail::callable_check<F, T, P>;
    template <class T, class P>
    static constexpr bool takes = check<T, P>::found.is_fine();

    constexpr explicit own_loss(F f) : of_(f) {}

    template <expression T, expression P>
    constexpr auto per_example(T t, P p) const {
        if constexpr (!takes<T, P>)
            return refuse<check<T, P>>();
        else
            return of_(t, p);
    }

    template <expression T, expression P, class... W>
    constexpr auto operator()(T t, P p, W... w) const {
        if constexpr (!takes<T, P>)
            return refuse<check<T, P>>();
        else {
            const auto each = of_(t, p);
            using weights = detail::weights_check<own_loss, T, std::remove_const_t<decltype(each)>, W...>;
            if constexpr (!weights::found.is_fine())
                return refuse<weights>();
            else
                return detail::reduce_loss(Mode{}, each, detail::weights_of(t, w...), unset{});
        }
    }
};

/// A loss object of whatever says a loss: a loss object itself, the name of one (`huber`), or any callable
/// `(t, p) -> expression`, also of a class with state: numbers of the type, run-time scalars, tensors fed at the call.
/// ```
/// template <class Weights> struct context_aware {
///     Weights weights;
///     constexpr auto operator()(auto t, auto p) const { return reduce_mean(square(t - p) * weights, axis<-1>); }
/// };
/// template <class Weights> context_aware(Weights) -> context_aware<Weights>;
/// constexpr auto loss = as_loss(context_aware{placeholder<"context", float, 10>}, sum);
/// ```
/// @param mode how values become one number, of callables only: `sum_over_batch_size` if none is named.
template <class X, class Mode = sum_over_batch_size_t>
    requires is_reduction<Mode>
constexpr auto as_loss(X x, Mode = {}) {
    if constexpr (detail::is_poison<X> || std::is_base_of_v<loss_base, X>)
        return x;
    else
        return own_loss<X, Mode>{x};
}
template <class Formula>
constexpr auto as_loss(loss_function<Formula> named) {
    return named();
}

} // namespace ctgrad
