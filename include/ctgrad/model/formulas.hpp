// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/learning_rate.hpp>
#include <ctgrad/model/running_totals.hpp>
#include <ctgrad/nn/layers/model.hpp>
#include <ctgrad/nn/losses/as_loss.hpp>
#include <ctgrad/nn/metrics/as_metric.hpp>
#include <ctgrad/train/minimize.hpp>

#include <boost/hana/tuple.hpp>

namespace ctgrad {

/// The placeholders of one batch, where a model does not say what it takes: `compile(model, adam(), loss, fed_by(x, y))`.
template <class X, class Y>
struct batch_leaves {};

/// An argument of `compile`: `x` is what the model takes, `y` the truth. The first axis of both counts examples.
template <class X, class Y>
constexpr batch_leaves<X, Y> fed_by(X, Y) {
    return {};
}

/// Metrics of a compiled model.
template <class... M>
struct metric_list {};

/// An argument of `compile`: what is reported next to the loss, of training and validation data. Each is a metric, its
/// name (`accuracy`), or what says a loss.
template <class... M>
constexpr metric_list<decltype(as_metric(std::declval<M>()))...> metrics(M...) {
    return {};
}

namespace detail {

/// A placeholder of a compiled model.
template <fixed_string Name, class T, tensor_shape (*Shape)()>
inline constexpr auto batch_leaf = make_expr([] {
    attributes a;
    a.type = dtype_of<T>;
    a.shape = Shape();
    a.name = &symbol_of<Name>;
    builder made;
    list<ref> roots;
    roots.push_back(made.add(info<placeholder_op>, a, nullptr));
    return extract(made, roots);
});
template <class E>
constexpr tensor_shape shape_of() {
    return E::shape();
}
template <class E>
constexpr tensor_shape shape_of_rows() {
    return shape(E::shape()[0]);
}
template <class E>
constexpr tensor_shape shape_without_classes() {
    return E::rank == 0 ? E::shape() : reduced(E::shape(), {1u << (E::rank - 1)});
}
/// A weight for each example of leaf `X`.
template <class X, class T>
using weight_leaf = std::remove_const_t<decltype(batch_leaf<"sample_weight", T, shape_of_rows<X>>)>;

/// The truth that loss `L` takes for prediction `P`: class numbers, or one like it.
template <class L, class P>
constexpr auto truth_for() {
    if constexpr (requires { requires L::takes_class_numbers; })
        return batch_leaf<"y", std::int32_t, shape_without_classes<P>>;
    else
        return batch_leaf<"y", scalar_of<P::type()>, shape_of<P>>;
}

/// `Found` and those of `E...` that are not among them.
template <class Found, class... E>
struct without_repetition {
    using type = Found;
};
template <class... Found, class First, class... More>
struct without_repetition<result_list<Found...>, First, More...>
    : without_repetition<std::conditional_t<(std::is_same_v<Found, First> || ...), result_list<Found...>, result_list<Found..., First>>,
                         More...> {};

template <class Found, class... Tuple>
struct all_of;
template <class... Found>
struct all_of<result_list<Found...>> {
    using type = typename without_repetition<result_list<>, Found...>::type;
};
template <class... Found, class... E, class... More>
struct all_of<result_list<Found...>, boost::hana::tuple<E...>, More...> : all_of<result_list<Found..., E...>, More...> {};

/// The totals of metric `M` for truth `Y` and prediction `P`.
template <class M, class Y, class P>
using totals_of = decltype(std::declval<const M&>().totals(Y{}, P{}));

/// The loss, then the totals of metrics, each expression once.
template <class Loss, class Y, class P, class... M>
using reported = typename all_of<result_list<Loss>, totals_of<M, Y, P>...>::type;

/// A step of training that lowers `Loss`, computes `E...` and does what `Parts` say.
template <class Optimizer, class Parts, class Loss, class... E>
struct make_reporting_minimizer {
    static constexpr int expected_size = 32 + 3 * count_nodes(Loss::root()) + Parts::expected_size + (0 + ... + count_nodes(E::root()));

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, Loss>>);
        const ref loss = made.import(Loss::root());
        const list<ref> variables = trainable<Optimizer>(made, loss.id);
        list<ref> roots;
        (roots.push_back(made.import(E::root())), ...);
        return with_updates<Optimizer, Parts>(made, roots, variables, differentiate(scaled<Optimizer>(loss), variables));
    }
};
template <class Optimizer, class Parts, class Outputs>
struct reporting_step;
template <class Optimizer, class Parts, class Loss, class... More>
struct reporting_step<Optimizer, Parts, result_list<Loss, More...>> {
    using make = make_reporting_minimizer<Optimizer, Parts, Loss, Loss, More...>;
    using results = step_results<Loss, More...>;
    static constexpr int output_count = 1 + static_cast<int>(sizeof...(More));
};

/// What `model` predicts for leaf `X`, in training or not.
template <bool Training, class Model, class X>
constexpr auto predicted(const Model& model, X x) {
    if constexpr (Training)
        return apply_model(model, x, training);
    else
        return apply_model(model, x);
}
/// The loss of truths `y` and predictions `p` of `model`, with what the model adds.
template <class Loss, class Model, class X, class Y, class P, class... W>
constexpr auto model_loss(const Loss& loss, const Model& model, X x, Y y, P p, W... w) {
    return regularized(loss(y, p, (sample_weight = w)...), model, x);
}

/// What a compiled model computes, for batches of the leaves `X` and `Y`. `Loss` is a loss object, `M...` are metric objects.
template <class Model, class Optimizer, class Loss, class X, class Y, class... M>
struct model_formulas {
    using model = Model;
    using x = X;
    using y = Y;
    using rate = with_kept_rate<Optimizer>;
    using updates = parts_of<decltype(updates_of(std::declval<const Model&>(), X{}))>;

    template <bool Training>
    using prediction = decltype(predicted<Training>(std::declval<const Model&>(), X{}));
    using weight = weight_leaf<X, scalar_of<prediction<true>::type()>>;

    template <bool Training, class... W>
    using weighted_loss =
        decltype(model_loss(std::declval<const Loss&>(), std::declval<const Model&>(), X{}, Y{}, prediction<Training>{}, W{}...));
    template <bool Training, bool Weighted>
    static constexpr auto loss_of() {
        if constexpr (Weighted)
            return weighted_loss<Training, weight>{};
        else
            return weighted_loss<Training>{};
    }
    template <bool Training, bool Weighted>
    using outputs = reported<decltype(loss_of<Training, Weighted>()), Y, prediction<Training>, M...>;
    template <bool Training, bool Weighted>
    using totals = running_totals<outputs<Training, Weighted>, metric_sums<M, totals_of<M, Y, prediction<Training>>>...>;

    using optimizer = typename rate::type;
    template <bool Weighted>
    using reporting = reporting_step<optimizer, updates, outputs<true, Weighted>>;
    template <bool Weighted>
    using make = typename reporting<Weighted>::make;
    template <bool Weighted>
    static constexpr int output_count = reporting<Weighted>::output_count;
    template <bool Weighted>
    using step = decltype(make_step<make<Weighted>>(typename reporting<Weighted>::results{}));
};

} // namespace detail
} // namespace ctgrad
