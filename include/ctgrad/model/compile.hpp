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
constexpr phrase phrase_of_compile() {
    phrase text;
    if (!are_in_order<Model, Optimizer, Loss>)
        return text << "(" << kind_of<Model>() << ", " << kind_of<Optimizer>() << ", " << kind_of<Loss>() << ")";
    int at = 3, wrong = 0;
    ((++at, wrong = wrong == 0 && !is_metric_list<More> && !are_leaves<More> ? at : wrong), ...);
    return wrong != 0 ? text << "argument " << wrong : text << "fed_by";
}

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

/// What is wrong with the first axis of `E`, which should count the examples of `X`.
template <class X, class E>
constexpr finding check_axis(std::string_view name) {
    if (counts_examples<E>() && E::shape()[0] == X::shape()[0]) return {};
    return {fault::first_axis_must_count_examples, name, phrase_of(E::shape()), phrase_of(X::shape())};
}

/// What is wrong with a prediction that is no expression.
template <class Model, class X>
constexpr finding check_one_prediction() {
    if constexpr (leaf_expression<X> && std::is_invocable_v<const Model&, X>) {
        using made = decltype(predicted<true>(std::declval<const Model&>(), X{}));
        if constexpr (is_masked<made> || is_several<made>)
            return {fault::model_must_give_one_prediction, "compile", phrase_of_passed<made>()};
    }
    return {};
}

/// What is wrong with a model and the rest of a `compile` whose batch has leaves `X` and `Y`.
template <class Model, class Optimizer, class Loss, class X, class Y, class... M>
struct batch_check {
    static constexpr bool has_leaves = leaf_expression<X> && leaf_expression<Y> && std::is_invocable_v<const Model&, X>;

private:
    template <class P>
    static constexpr finding check_prediction() {
        if constexpr (is_poison<P>)
            return fault::reported;
        else if constexpr (!is_expr<P>)
            return {fault::arguments_must_be_model_optimizer_and_loss, "compile", "fed_by"};
        else if constexpr (constexpr finding axis = check_axis<X, P>("prediction"); !axis.is_fine())
            return axis;
        else if constexpr (is_softmax_of_one<P>())
            return {fault::softmax_must_have_several_classes, "compile", phrase_of(P::shape())};
        else if constexpr (constexpr finding loss = check_loss_of_model<Loss, Y, P>(); !loss.is_fine())
            return loss;
        else
            return check_parts<P, decltype(std::declval<const Loss&>()(Y{}, P{}))>();
    }
    template <class P, class Value>
    static constexpr finding check_parts() {
        if constexpr (is_poison<Value>)
            return fault::reported;
        else if constexpr (Value::rank != 0)
            return {fault::loss_must_be_scalar, "compile", phrase_of(Value::shape())};
        else if constexpr (has_poisoned_metric<Y, P, M...>())
            return fault::reported;
        else if constexpr (constexpr finding totals = check_totals<Y, P, M...>(); !totals.is_fine())
            return totals;
        else
            return check_model_step<model_formulas<Model, Optimizer, Loss, X, Y, M...>>();
    }

public:
    static constexpr finding found = [] {
        if constexpr (constexpr finding one = check_one_prediction<Model, X>(); !one.is_fine())
            return one;
        else if constexpr (is_poison<X> || is_poison<Y>)
            return finding(fault::reported);
        else if constexpr (!has_leaves)
            return finding(fault::arguments_must_be_model_optimizer_and_loss, "compile", "fed_by");
        else if constexpr (constexpr finding axis = first_of({check_axis<X, X>("x"), check_axis<X, Y>("y")}); !axis.is_fine())
            return axis;
        else
            return check_prediction<decltype(predicted<true>(std::declval<const Model&>(), X{}))>();
    }();
};

/// The arguments of a `compile` in their places.
template <class Model, class Loss, class... More>
struct compile_parts {
    using options = typename sorted_options<compile_options<metric_list<>, void>, More...>::type;
    using loss = decltype(as_loss(std::declval<Loss>()));
    using leaves = decltype(leaves_for<Model, loss, typename options::leaves>());
};

/// What is wrong with the arguments of `compile`.
template <class Model, class Optimizer, class Loss, class... More>
struct compile_check {
    static constexpr finding found = [] {
        if constexpr (is_poison<Model> || is_poison<Optimizer> || is_poison<Loss>)
            return finding(fault::reported);
        else if constexpr (!are_in_order<Model, Optimizer, Loss> || !((is_metric_list<More> || are_leaves<More>) && ...))
            return finding(fault::arguments_must_be_model_optimizer_and_loss, "compile",
                           phrase_of_compile<Model, Optimizer, Loss, More...>());
        else {
            using parts = compile_parts<Model, Loss, More...>;
            if constexpr (std::is_null_pointer_v<typename parts::leaves>)
                return finding(fault::model_must_say_what_it_takes, "compile", phrase_of_compile<Model, Optimizer, Loss, More...>());
            else
                return []<class X, class Y, class... M>(batch_leaves<X, Y>*, metric_list<M...>*) {
                    return batch_check<Model, Optimizer, typename parts::loss, X, Y, M...>::found;
                }(static_cast<typename parts::leaves*>(nullptr), static_cast<typename parts::options::metrics*>(nullptr));
        }
    }();
};

} // namespace detail

/// Whether `compile` takes arguments of these types.
template <class Model, class Optimizer, class Loss, class... More>
concept can_compile =
    detail::compile_check<std::remove_const_t<Model>, std::remove_const_t<Optimizer>, std::remove_const_t<Loss>, More...>::found.is_fine();

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
    using check = detail::compile_check<Model, Optimizer, Loss, More...>;
    if constexpr (!check::found.is_fine())
        return refused_model{refuse<check>()};
    else {
        using parts = detail::compile_parts<Model, Loss, More...>;
        return [&]<class X, class Y, class... M>(batch_leaves<X, Y>*, metric_list<M...>*) {
            return compiled_model<detail::model_formulas<Model, Optimizer, typename parts::loss, X, Y, M...>>(model);
        }(static_cast<typename parts::leaves*>(nullptr), static_cast<typename parts::options::metrics*>(nullptr));
    }
}

} // namespace ctgrad
