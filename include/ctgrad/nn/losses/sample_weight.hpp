// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/cross_entropies/labels_and_logits.hpp>
#include <ctgrad/nn/losses/reduction_mode.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/squeeze.hpp>

namespace ctgrad {

/// Arguments: the loss, the shapes of its values and of the weights.
template <fact Loss, fact Values, fact Weights>
CTGRAD_RULE(sample_weight_must_fit_values, "one weight for each value of the loss, or 1 along an axis: expand_dims(w, axis<1>).")
inline constexpr poison broken<fault::sample_weight_must_fit_values, Loss, Values, Weights>{};

/// Arguments: the loss, the shape of the weights.
template <fact Loss, fact Weights>
CTGRAD_RULE(weighted_loss_must_have_values, "the loss is one number for all examples: let it return one an example.")
inline constexpr poison broken<fault::weighted_loss_must_have_values, Loss, Weights>{};

/// Arguments: the loss, the shape of the weights, that of the truth.
template <fact Loss, fact Weights, fact Truth>
CTGRAD_RULE(class_weight_must_be_a_vector, "a weight a class: [C] for class numbers or rows of C, or [2].")
inline constexpr poison broken<fault::class_weight_must_be_a_vector, Loss, Weights, Truth>{};

struct sample_weight_t {
    template <operand_or_number W>
    constexpr named_argument<sample_weight_t, W> operator=(W w) const {
        return {w};
    }
};
/// Names the weights of the values of a loss: `loss(t, p, sample_weight = w)`.
inline constexpr sample_weight_t sample_weight{};

struct class_weight_t {
    template <operand_or_number W>
    constexpr named_argument<class_weight_t, W> operator=(W w) const {
        return {w};
    }
};
/// Names the weights of classes, `[C]`: each value counts by the class of its truth, which is a class number, the largest
/// of C labels, or 0 or 1 where C is 2. `loss(t, p, class_weight = w)`.
inline constexpr class_weight_t class_weight{};

namespace detail {

/// Whether tensors of shape `w` weigh values of shape `v`: nothing, or as many axes, each as long or 1.
constexpr bool weighs(const tensor_shape& w, const tensor_shape& v) {
    if (w.rank == 0) return true;
    if (w.rank != v.rank) return false;
    for (int k = 0; k < w.rank; ++k)
        if (!(w[k] == v[k]) && !w[k].is_one()) return false;
    return true;
}

/// How a truth says classes: by number, by the largest of a row, or as 0 and 1, which may stand in a column.
enum class class_labels : std::uint8_t { none, numbers, rows, column, binary };

template <class T>
constexpr class_labels class_labels_of(const tensor_shape& weights) {
    if (weights.rank != 1) return class_labels::none;
    if (T::type() == dtype::int32) return class_labels::numbers;
    const tensor_shape truth = T::shape();
    if (truth.rank > 0 && truth[truth.rank - 1] == weights[0]) return class_labels::rows;
    if (!(weights[0] == dimension(2))) return class_labels::none;
    return truth.rank > 1 && truth[truth.rank - 1].is_one() ? class_labels::column
           : truth.rank == 1                                ? class_labels::binary
                                                            : class_labels::none;
}

/// What is wrong with tensors `W` as weights of values `V` of a loss.
template <class V, class W>
constexpr finding check_sample_weight(std::string_view loss) {
    if (W::type() != V::type()) return {fault::dtypes_must_match, loss, type_phrase(V::root()), type_phrase(W::root())};
    if (weighs(W::shape(), V::shape())) return {};
    if (V::rank == 0) return {fault::weighted_loss_must_have_values, loss, phrase_of(W::shape())};
    return {fault::sample_weight_must_fit_values, loss, phrase_of(V::shape()), phrase_of(W::shape())};
}

/// What is wrong with `W` as weights of the classes of truth `T`.
template <class T, class V, class W>
constexpr finding check_class_weight(std::string_view loss) {
    if constexpr (is_expr<W>)
        if (class_labels_of<T>(W::shape()) != class_labels::none)
            return W::type() == V::type() ? finding()
                                          : finding(fault::dtypes_must_match, loss, type_phrase(V::root()), type_phrase(W::root()));
    return {fault::class_weight_must_be_a_vector, loss, phrase_of_operands<W>(), phrase_of(T::shape())};
}

/// What is wrong with one argument after the truth `T`, in a loss of values `V`.
template <class T, class V, class Weight>
constexpr finding check_weight(std::string_view loss) {
    using w = std::remove_const_t<unnamed_type<Weight>>;
    if constexpr (is_poison<w> || is_poison<V>)
        return fault::reported;
    else if constexpr (std::is_arithmetic_v<w>)
        return {fault::number_must_be_a_literal, loss, number_phrase<w>()};
    else if constexpr (std::is_same_v<typename unnamed<Weight>::name, class_weight_t>)
        return check_class_weight<T, V, w>(loss);
    else if constexpr (is_expr<w>)
        return check_sample_weight<V, w>(loss);
    else
        return {};
}

/// What is wrong with the weights `W...` of loss `Formula`.
template <class Formula, class T, class V, class... W>
struct weights_check {
    static constexpr finding found = first_of({finding(), check_weight<T, V, W>(Formula::name)...});
};

/// The weight of each example of `truth` by its class.
template <expression T, expression W>
constexpr auto weights_by_class(T truth, W weights) {
    using namespace literals;
    constexpr class_labels labels = class_labels_of<T>(W::shape());
    if constexpr (labels == class_labels::numbers)
        return gather(weights, truth);
    else if constexpr (labels == class_labels::rows)
        return gather(weights, argmax(truth, axis<-1>));
    else if constexpr (labels == class_labels::column)
        return gather(weights, cast<std::int32_t>(squeeze(truth, axis<-1>) + 0.5_c));
    else
        return gather(weights, cast<std::int32_t>(truth + 0.5_c));
}

template <class T, class W>
constexpr auto as_weight(T, W w) {
    return w;
}
template <class T, class W>
constexpr auto as_weight(T, named_argument<sample_weight_t, W> w) {
    return w.value;
}
template <class T, class W>
constexpr auto as_weight(T truth, named_argument<class_weight_t, W> w) {
    return weights_by_class(truth, w.value);
}

/// The product of all weights, `unset` if there is none.
template <class T>
constexpr unset weights_of(T) {
    return {};
}
template <class T, class First, class... More>
constexpr auto weights_of(T truth, First first, More... more) {
    return times(as_weight(truth, first), weights_of(truth, more...));
}

/// One number, or what `Mode` makes of values.
template <class Mode, expression V, class W, class M>
constexpr auto reduce_loss(Mode, V values, W weights, M mask) {
    const auto weighted = times(times(values, as_factor(mask, values)), weights);
    if constexpr (V::rank == 0)
        return weighted;
    else
        return Mode::of(weighted, weights, mask);
}

} // namespace detail

namespace detail {
struct any_loss {
    static constexpr char name[] = "loss";
};
} // namespace detail

/// Whether `W...` weigh values `V` of a loss of truth `T`.
template <class T, class V, class... W>
concept weighs_loss =
    detail::weights_check<detail::any_loss, std::remove_const_t<T>, std::remove_const_t<V>, std::remove_const_t<W>...>::found.is_fine();

} // namespace ctgrad
