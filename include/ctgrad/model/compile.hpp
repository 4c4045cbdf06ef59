// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/compile_rules.hpp>
#include <ctgrad/model/compiled_model.hpp>

namespace ctgrad {

namespace detail {

template <class T>
inline constexpr bool is_metric_function = false;
template <class Formula>
inline constexpr bool is_metric_function<metric_function<Formula>> = true;
template <class T>
inline constexpr bool is_metric_list = false;
template <class... M>
inline constexpr bool is_metric_list<metric_list<M...>> = true;
template <class T>
inline constexpr bool are_leaves = false;
template <class X, class Y>
inline constexpr bool are_leaves<batch_leaves<X, Y>> = true;

/// The placeholders that a `compile` is given, and its metrics.
template <class Metrics, class Leaves>
struct compile_options {
    using metrics = Metrics;
    using leaves = Leaves;
};
template <class Found, class... More>
struct sorted_options {
    using type = Found;
};
template <class Metrics, class Leaves, class... M, class... More>
struct sorted_options<compile_options<Metrics, Leaves>, metric_list<M...>, More...>
    : sorted_options<compile_options<metric_list<M...>, Leaves>, More...> {};
template <class Metrics, class Leaves, class X, class Y, class... More>
struct sorted_options<compile_options<Metrics, Leaves>, batch_leaves<X, Y>, More...>
    : sorted_options<compile_options<Metrics, batch_leaves<X, Y>>, More...> {};

/// What an argument of `compile` is.
template <class A>
constexpr std::string_view kind_of() {
    if constexpr (optimizer<A>)
        return "optimizer";
    else if constexpr (is_expr<A>)
        return "expression";
    else if constexpr (is_metric_list<A>)
        return "metrics";
    else if constexpr (is_metric<A> || is_metric_function<A>)
        return "metric";
    else if constexpr (are_leaves<A>)
        return "fed_by";
    else
        return std::is_class_v<A> ? "callable" : "?";
}
template <class Model, class Optimizer, class Loss>
inline constexpr bool are_in_order = kind_of<Model>() == "callable" && optimizer<Optimizer> && kind_of<Loss>() == "callable";
/// What an error shows of the arguments of `compile`.
template <class Model, class Optimizer, class Loss, class... More>
inline constexpr auto compile_arguments_shown = show([] {
    phrase text;
    if (!are_in_order<Model, Optimizer, Loss>)
        return text << "(" << kind_of<Model>() << ", " << kind_of<Optimizer>() << ", " << kind_of<Loss>() << ")";
    int at = 3, wrong = 0;
    ((++at, wrong = wrong == 0 && !is_metric_list<More> && !are_leaves<More> ? at : wrong), ...);
    return wrong != 0 ? text << "argument " << wrong : text << "fed_by";
});

/// What a model that has an `input` takes. (Clang does not deduce the type of `batch` in decltype.)
template <class Model>
    requires requires { Model::input::template batch<>; }
constexpr auto input_of_model() {
    return Model::input::template batch<>;
}

/// The leaves of a batch: those given, or what the model and the loss say.
template <class Model, class Loss, class Given>
constexpr auto leaves_for() {
    if constexpr (!std::is_void_v<Given>)
        return Given{};
    else if constexpr (requires { input_of_model<Model>(); }) {
        using x = decltype(input_of_model<Model>());
        using prediction = decltype(predicted<false>(std::declval<const Model&>(), x{}));
        if constexpr (is_expr<prediction>)
            return batch_leaves<x, std::remove_cvref_t<decltype(truth_for<Loss, prediction>())>>{};
        else
            return batch_leaves<x, poison>{};
    } else
        return nullptr;
}

template <class Totals>
inline constexpr bool has_poison = false;
template <class... E>
inline constexpr bool has_poison<boost::hana::tuple<E...>> = (is_poison<E> || ...);

/// Whether a metric was refused. The others behind it are not asked, so that there is one error.
template <class Y, class P>
constexpr bool has_poisoned_metric() {
    return false;
}
template <class Y, class P, class First, class... M>
constexpr bool has_poisoned_metric() {
    if constexpr (has_poison<totals_of<First, Y, P>>)
        return true;
    else
        return has_poisoned_metric<Y, P, M...>();
}

template <class Model, class Optimizer, class Loss, class X, class Y, class... M>
struct checked_leaves {
    static constexpr compile_fault fault() {
        if constexpr (is_poison<X> || is_poison<Y>)
            return compile_fault::poison;
        else if constexpr (!leaf_expression<X> || !leaf_expression<Y> || !std::is_invocable_v<const Model&, X>)
            return compile_fault::arguments;
        else if constexpr (!counts_examples<X>())
            return compile_fault::x_axis;
        else if constexpr (!counts_examples<Y>() || !(Y::shape()[0] == X::shape()[0]))
            return compile_fault::y_axis;
        else {
            using prediction = decltype(predicted<true>(std::declval<const Model&>(), X{}));
            if constexpr (is_poison<prediction>)
                return compile_fault::poison;
            else if constexpr (!is_expr<prediction>)
                return compile_fault::arguments;
            else if constexpr (!counts_examples<prediction>() || !(prediction::shape()[0] == X::shape()[0]))
                return compile_fault::prediction_axis;
            else if constexpr (is_softmax_of_one<prediction>())
                return compile_fault::one_class;
            else
                return loss_fault_with<prediction>();
        }
    }

private:
    template <class P>
    static constexpr compile_fault loss_fault_with() {
        if constexpr (!given_by_loss<Loss, Y, P>().empty())
            return compile_fault::loss_value;
        else if constexpr (has_other_shape<Loss, Y, P>())
            return compile_fault::truth_shape;
        else {
            using loss = decltype(std::declval<const Loss&>()(Y{}, P{}));
            if constexpr (is_poison<loss>)
                return compile_fault::poison;
            else if constexpr (loss::rank != 0)
                return compile_fault::loss_shape;
            else if constexpr (has_poisoned_metric<Y, P, M...>())
                return compile_fault::poison;
            else if constexpr ((has_faulty_total<M, totals_of<M, Y, P>> || ...))
                return compile_fault::totals;
            else
                return step_fault_of<model_formulas<Model, Optimizer, Loss, X, Y, M...>>();
        }
    }
};

/// What an error shows of an expression that has no row for each example.
template <class X, class E, fixed_string Name>
constexpr auto refuse_axis() {
    return first_axis_must_count_examples<show([] { return Name.view(); }), show([] { return phrase_of(E::shape()); }),
                                          show([] { return phrase_of(X::shape()); })>;
}

} // namespace detail

template <class Model, class Optimizer, class Loss, class... More>
constexpr compile_fault compile_fault_of() {
    if constexpr (detail::is_poison<Model> || detail::is_poison<Optimizer> || detail::is_poison<Loss>)
        return compile_fault::poison;
    else if constexpr (!detail::are_in_order<Model, Optimizer, Loss> ||
                       !((detail::is_metric_list<More> || detail::are_leaves<More>) && ...))
        return compile_fault::arguments;
    else {
        using options = typename detail::sorted_options<detail::compile_options<metric_list<>, void>, More...>::type;
        constexpr auto leaves = detail::leaves_for<Model, decltype(as_loss(std::declval<Loss>())), typename options::leaves>();
        if constexpr (std::is_null_pointer_v<std::remove_const_t<decltype(leaves)>>)
            return compile_fault::no_leaves;
        else
            return []<class X, class Y, class... M>(batch_leaves<X, Y>, metric_list<M...>*) {
                return detail::checked_leaves<Model, Optimizer, decltype(as_loss(std::declval<Loss>())), X, Y, M...>::fault();
            }(leaves, static_cast<typename options::metrics*>(nullptr));
    }
}

/// Whether `compile` takes arguments of these types.
template <class Model, class Optimizer, class Loss, class... More>
concept can_compile = compile_fault_of<std::remove_const_t<Model>, std::remove_const_t<Optimizer>, std::remove_const_t<Loss>, More...>() ==
                      compile_fault::none;

/// A model, an optimizer, a loss and metrics put together:
/// `auto net = compile(sequential(input<784>, dense<10>(softmax)), adam(), categorical_crossentropy, metrics(accuracy))`.
/// @param model a callable that makes predictions of an expression: `model(x)`; see `apply_model` for what else it may have.
/// @param loss a loss object, its name, or any callable of truth and prediction (`as_loss`).
/// @param more `metrics(...)`; and `fed_by(x, y)`, the placeholders that the model takes and the truth's, which a
/// model with an `input` and the loss know themselves.
/// @returns a `compiled_model`; the variables of layers are as their initializers say (`initialize(seed)`: from another seed).
/// **Fails when** arguments are others or in another order (`arguments_must_be_model_optimizer_and_loss`), nothing says
/// what the model takes (`model_must_say_what_it_takes`), something has no row for each example
/// (`first_axis_must_count_examples`), the loss gives no expression (`loss_must_give_an_expression`) or not one number
/// (`loss_must_be_scalar`), a metric's totals depend on the batch (`totals_must_be_static`), or as `minimize` does.
template <class Model, class Optimizer, class Loss, class... More>
auto compile(Model model, Optimizer, Loss, More...) {
    constexpr compile_fault fault = compile_fault_of<Model, Optimizer, Loss, More...>();
    if constexpr (fault == compile_fault::poison)
        return refused_model{};
    else if constexpr (fault == compile_fault::arguments)
        return refused_model{
            arguments_must_be_model_optimizer_and_loss<"compile", detail::compile_arguments_shown<Model, Optimizer, Loss, More...>>};
    else if constexpr (fault == compile_fault::no_leaves)
        return refused_model{model_must_say_what_it_takes<"compile", detail::compile_arguments_shown<Model, Optimizer, Loss, More...>>};
    else {
        using options = typename detail::sorted_options<detail::compile_options<metric_list<>, void>, More...>::type;
        using loss = decltype(as_loss(std::declval<Loss>()));
        return [&]<class X, class Y, class... M>(batch_leaves<X, Y>, metric_list<M...>*) {
            using prediction = decltype(detail::predicted<true>(std::declval<const Model&>(), X{}));
            if constexpr (fault == compile_fault::x_axis)
                return refused_model{detail::refuse_axis<X, X, "x">()};
            else if constexpr (fault == compile_fault::y_axis)
                return refused_model{detail::refuse_axis<X, Y, "y">()};
            else if constexpr (fault == compile_fault::prediction_axis)
                return refused_model{detail::refuse_axis<X, prediction, "prediction">()};
            else if constexpr (fault == compile_fault::one_class)
                return refused_model{detail::refuse_one_class<prediction>()};
            else if constexpr (fault == compile_fault::loss_value)
                return refused_model{detail::refuse_loss_value<loss, Y, prediction>()};
            else if constexpr (fault == compile_fault::truth_shape)
                return refused_model{detail::refuse_truth_shape<loss, Y, prediction>()};
            else if constexpr (fault == compile_fault::totals)
                return refused_model{detail::refuse_totals<Y, prediction, M...>()};
            else {
                using formulas = detail::model_formulas<Model, Optimizer, loss, X, Y, M...>;
                if constexpr (fault != compile_fault::none)
                    return refused_model{detail::refuse_step<fault, formulas>()};
                else
                    return compiled_model<formulas>(model);
            }
        }(detail::leaves_for<Model, loss, typename options::leaves>(), static_cast<typename options::metrics*>(nullptr));
    }
}

} // namespace ctgrad
